package dev.berth.functions;

/** What Berth writes into the log of an invocation. */
final class InvocationLog {
    private static final int LONGEST_NAME = 100;

    private InvocationLog() {}

    /**
     * @param what was asked, as the function wrote it
     * @param code as the function sees it
     * @param text what to do
     */
    static String refused(String what, String code, String text) {
        return "[berth] %s was refused (%s): %s".formatted(printable(what), code, text);
    }

    static String nobodyFromWeChat(LiveInvocation invocation) {
        return "no user of WeChat and no timer is behind this invocation; invoke it as a user, as with berth invoke %s --as USER"
                .formatted(invocation.version().function().name());
    }

    private static String printable(String name) {
        String shown = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "…" : name;
        return shown.replaceAll("\\p{Cntrl}", "?");
    }
}
