import type { Api } from './api.js';

/** One request on the wire: its call id and its beginning, for error texts. */
export class Attempt {
    readonly callID = `${Date.now()}-${Math.random()}`; // CH-28
    private readonly startedAt = new Date();

    constructor(readonly api: Api) {}

    get elapsed(): number {
        return Date.now() - this.startedAt.getTime();
    }

    /** The tail of CH-91 and CH-92. */
    traceUntil(end: string): string {
        return `(callId: ${this.callID}) (trace: ${clock(this.startedAt)} start->${clock(new Date())} ${end})`;
    }
}

function clock(time: Date): string {
    return `${time.getHours()}:${time.getMinutes()}:${time.getSeconds()}`;
}
