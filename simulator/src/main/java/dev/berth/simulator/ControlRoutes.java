package dev.berth.simulator;

/** A group of routes of the control API. */
interface ControlRoutes {
    void mount(ControlRouter router);
}
