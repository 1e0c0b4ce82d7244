package dev.berth.benchmarks;

import java.io.IOException;
import java.util.List;

/** Berth beside nginx as proxies of the same upstream: the same loads, in turn, in the same run; prints medians. */
final class ProxyRace {
    private static final int ROUNDS = 5;
    private static final int WARM_UP_SECONDS = 5;
    private static final int SECONDS = 4;
    private static final int CONNECTIONS = 32;
    private static final int CALLS_PER_SECOND = 1_000;
    private static final int OPEN_LOOP_SECONDS = 8;

    private static final String ALONE = "p50 at 1 connection, µs";
    private static final String STEADY_P50 = "p50 at a constant 1000 calls/s, µs";
    private static final String STEADY_P99 = "p99 at a constant 1000 calls/s, µs";

    private ProxyRace() {}

    /** What is asked of both proxies under one title. */
    record Heat(String title, Wrk.Load load) {}

    /** One of the two proxies; its first heat is also run alone and at a constant rate. */
    record Runner(CpuClock cpu, List<Heat> heats) {
        Runner {
            heats = List.copyOf(heats);
        }
    }

    private interface Column {
        void add(String row, double value);
    }

    /** @param name of the benchmark, for the head of the table */
    static void run(String name, Runner nginx, Runner berth) throws IOException, InterruptedException {
        for (Runner each : List.of(nginx, berth)) {
            for (Heat heat : each.heats()) {
                Wrk.run(heat.load(), CONNECTIONS, WARM_UP_SECONDS);
            }
        }
        Comparison comparison = new Comparison("nginx");
        for (int round = 0; round < ROUNDS; round++) {
            measure(nginx, comparison::addYardstick);
            measure(berth, comparison::addBerth);
        }
        System.out.printf(
                "%s: %d rounds; wrk, closed loop, %d connections, %d s a load; open loop %d s; %d processors; medians%n%n",
                name,
                ROUNDS,
                CONNECTIONS,
                SECONDS,
                OPEN_LOOP_SECONDS,
                Runtime.getRuntime().availableProcessors());
        comparison.print();
        System.out.printf(
                "%nadded to nginx's: p50 at 1 connection %.0f µs; at 1000 calls/s p50 %.0f µs, p99 %.0f µs%n",
                comparison.added(ALONE), comparison.added(STEADY_P50), comparison.added(STEADY_P99));
    }

    private static void measure(Runner runner, Column column) throws IOException, InterruptedException {
        for (Heat heat : runner.heats()) {
            long before = runner.cpu().micros();
            Wrk.Result loaded = Wrk.run(heat.load(), CONNECTIONS, SECONDS);
            double cpu = (double) (runner.cpu().micros() - before) / loaded.requests();
            column.add("CPU per call, µs: " + heat.title(), cpu);
            column.add("p50 at 32 connections, µs: " + heat.title(), loaded.p50Micros());
            column.add("p99 at 32 connections, µs: " + heat.title(), loaded.p99Micros());
        }
        Wrk.Load first = runner.heats().getFirst().load();
        column.add(ALONE, Wrk.run(first, 1, SECONDS).p50Micros());
        Samples steady = OpenLoop.run(first.url(), first.headers(), CALLS_PER_SECOND, OPEN_LOOP_SECONDS);
        column.add(STEADY_P50, steady.percentile(50));
        column.add(STEADY_P99, steady.percentile(99));
    }
}
