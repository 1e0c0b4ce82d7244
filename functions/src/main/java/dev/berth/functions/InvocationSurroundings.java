package dev.berth.functions;

/** What all invocations share. */
record InvocationSurroundings(FunctionPorts ports, FunctionConcurrency concurrency, RunningInvocations running) {}
