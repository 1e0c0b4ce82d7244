package dev.berth.server;

import java.util.List;

/**
 * One metric of Berth's own, by its Prometheus name; what the JVM and the process tell is the library's.
 *
 * @param name as it is exposed: a counter ends with {@code _total}
 * @param labels in the order of the values
 */
record Family(String name, Kind kind, String help, List<String> labels) {
    enum Kind {
        COUNTER,
        GAUGE,
        HISTOGRAM,
        INFO
    }

    static final Family BUILD =
            new Family("berth_build_info", Kind.INFO, "Which Berth this is; always 1.", List.of("version", "java"));
    static final Family UPTIME =
            new Family("berth_uptime_seconds", Kind.GAUGE, "Since the doors were opened.", List.of());
    static final Family CALLS = new Family(
            "berth_calls_total",
            Kind.COUNTER,
            "Finished calls of the native channel.",
            List.of("environment", "service", "status", "outcome", "component"));
    static final Family REFUSALS = new Family(
            "berth_refused_requests_total",
            Kind.COUNTER,
            "Requests that were refused before they were calls: unreadable, for no service, or no proper sign-in.",
            List.of("status", "outcome", "component"));
    static final Family DURATION = new Family(
            "berth_call_duration_seconds",
            Kind.HISTOGRAM,
            "From acceptance to the end of the answer, of calls that reached a version.",
            List.of("environment", "service"));
    static final Family QUEUE = new Family(
            "berth_call_queue_seconds",
            Kind.HISTOGRAM,
            "From acceptance until an instance was leased, of calls that reached a version; a cold start included.",
            List.of("environment", "service"));
    static final Family COLD_START = new Family(
            "berth_cold_start_seconds",
            Kind.HISTOGRAM,
            "The same, of the calls that had to wait for a start only.",
            List.of("environment", "service"));
    static final Family IN_FLIGHT = new Family(
            "berth_calls_in_flight",
            Kind.GAUGE,
            "Calls that instances are answering; only of services that have instances.",
            List.of("environment", "service"));
    static final Family SERVICES =
            new Family("berth_services", Kind.GAUGE, "Services in each state.", List.of("environment", "state"));
    static final Family INSTANCES = new Family(
            "berth_instances",
            Kind.GAUGE,
            "Instances in each state; only of services that have instances.",
            List.of("environment", "service", "state"));
    static final Family STARTS = new Family(
            "berth_instance_starts_total",
            Kind.COUNTER,
            "Attempts to start an instance.",
            List.of("environment", "service", "result"));
    static final Family ENDS = new Family(
            "berth_instance_ends_total",
            Kind.COUNTER,
            "Instances that ended: stopped by Berth, exited by themselves, or given up because they accept no connections.",
            List.of("environment", "service", "reason"));
    static final Family EVENTS =
            new Family("berth_events_total", Kind.COUNTER, "Events of the event log.", List.of("kind"));
    static final Family SIGN_INS = new Family(
            "berth_sign_ins_total",
            Kind.COUNTER,
            "Codes of wx.login that were exchanged with WeChat or the simulator.",
            List.of("app", "outcome"));
    static final Family OPEN_API_CALLS = new Family(
            "berth_open_api_calls_total",
            Kind.COUNTER,
            "Calls toward WeChat, by who asked: a service, or a function, whose name is in service then; both are empty for Berth itself and operators.",
            List.of("environment", "service", "outcome"));
    static final Family OPEN_API_DURATION = new Family(
            "berth_open_api_call_duration_seconds",
            Kind.HISTOGRAM,
            "From the request to the end of the answer, of calls that were sent to WeChat.",
            List.of("environment", "service"));
    static final Family TOKEN_RENEWALS = new Family(
            "berth_access_token_renewals_total",
            Kind.COUNTER,
            "Access tokens that Berth asked WeChat for, of each app; they are among the calls toward WeChat, too.",
            List.of("app", "outcome"));
    static final Family FUNCTIONS =
            new Family("berth_functions", Kind.GAUGE, "Functions that are deployed.", List.of("environment"));
    static final Family INVOCATIONS = new Family(
            "berth_function_invocations_total",
            Kind.COUNTER,
            "Finished invocations of functions.",
            List.of("environment", "function", "outcome"));
    static final Family INVOCATION_DURATION = new Family(
            "berth_function_duration_seconds",
            Kind.HISTOGRAM,
            "How long the function itself ran, of invocations that reached a host.",
            List.of("environment", "function"));
    static final Family COLD_INVOCATION = new Family(
            "berth_function_cold_start_seconds",
            Kind.HISTOGRAM,
            "What came before, of the invocations that had to wait for the start of a host only.",
            List.of("environment", "function"));
    static final Family HOSTS = new Family(
            "berth_function_hosts",
            Kind.GAUGE,
            "Processes of functions in each state; only of functions that have some.",
            List.of("environment", "function", "state"));
    static final Family HOST_MEMORY = new Family(
            "berth_function_host_memory_bytes",
            Kind.GAUGE,
            "Memory of a function's processes; only of functions that have some.",
            List.of("environment", "function"));
    static final Family STORE_FAILURES = new Family(
            "berth_store_failures_total",
            Kind.COUNTER,
            "Operations on sessions at rest that failed.",
            List.of("operation"));
    static final Family SERVICE_LOG_LOST = new Family(
            "berth_service_log_lost_lines_total",
            Kind.COUNTER,
            "Lines of services that the disk did not take; only of services that have instances.",
            List.of("environment", "service"));
    static final Family LOG_LOST = new Family(
            "berth_log_lost_records_total",
            Kind.COUNTER,
            "Records of the server's own log that came faster than they could be written.",
            List.of());
    static final Family LOOP_LAG = new Family(
            "berth_event_loop_lag_seconds",
            Kind.GAUGE,
            "The longest that an event loop was late within the last 30 to 60 seconds.",
            List.of());

    /** In the order of the page docs/metrics.md. */
    static final List<Family> ALL = List.of(
            BUILD,
            UPTIME,
            CALLS,
            REFUSALS,
            DURATION,
            QUEUE,
            COLD_START,
            IN_FLIGHT,
            SERVICES,
            INSTANCES,
            STARTS,
            ENDS,
            EVENTS,
            SIGN_INS,
            OPEN_API_CALLS,
            OPEN_API_DURATION,
            TOKEN_RENEWALS,
            FUNCTIONS,
            INVOCATIONS,
            INVOCATION_DURATION,
            COLD_INVOCATION,
            HOSTS,
            HOST_MEMORY,
            STORE_FAILURES,
            SERVICE_LOG_LOST,
            LOG_LOST,
            LOOP_LAG);
}
