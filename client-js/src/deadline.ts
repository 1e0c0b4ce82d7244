const LONGEST = 15_000; // CH-35

/** The gateway ends a call at its deadline; the client waits this much longer for that answer to arrive. */
const GRACE = 2_000;

/** The caller's `timeout` where it has an effect. CH-7 */
export function shortened(timeout: unknown): number | undefined {
    return typeof timeout === 'number' && timeout >= 1 && timeout <= LONGEST ? Math.floor(timeout) : undefined;
}

export function deadlineOf(timeout: unknown): number {
    return shortened(timeout) ?? LONGEST;
}

export function patienceFor(deadline: number): number {
    return deadline + GRACE;
}
