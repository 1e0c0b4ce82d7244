package dev.berth.core;

/** What an invocation can fail with: code and text as WeChat's clients know them (WT-69, AD-83). */
public enum FunctionError {
    /** No such function, or none of its versions is live. */
    UNKNOWN(-501000, "FunctionName parameter could not be found"),
    /** It threw, ended its process, or used more memory than it may; the message says which. */
    EXECUTION_FAILED(-504002, "functions execute fail"),
    TIMED_OUT(-504003, "Invoking task timed out"),
    /** HO-56. */
    TOO_MANY(-501004, "exceed concurrent request limit"),
    /** AD-81. */
    RESULT_TOO_LARGE(-604001, "cloudfunction result size exceed limit (1MB)"),
    /** HO-57. */
    EVENT_TOO_LARGE(-501013, "request data size exceeds limit (5M)"),
    /** The event is no JSON object. */
    EVENT_INVALID(-501007, "invalid parameters"),
    /** The platform's own fault: no host could be started, or the server stops. */
    PLATFORM_FAILED(-501001, "resource system error");

    private final int code;
    private final String text;

    FunctionError(int code, String text) {
        this.code = code;
        this.text = text;
    }

    public int code() {
        return code;
    }

    public String text() {
        return text;
    }
}
