package dev.berth.simulator;

import static java.util.Map.entry;

import java.util.Map;

/** The APIs that keep state, by path; every other API of the catalogue gives its documented example. */
final class StatefulApis {
    static final Map<String, Api> BY_PATH = Map.ofEntries(entry("/cgi-bin/ticket/getticket", Tickets::get));

    private StatefulApis() {}
}
