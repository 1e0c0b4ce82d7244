package dev.berth.core;

/** A refusal whose {@link Problem} is meant to be shown. Anything else that is thrown is a defect. */
public final class BerthException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public BerthException(Problem problem) {
        super(problem.message());
        this.problem = problem;
    }

    public BerthException(Problem problem, Throwable cause) {
        super(problem.message(), cause);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
