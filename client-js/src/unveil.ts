import { headerOf, without, type Headers } from './headers.js';
import type { WireAnswer } from './transport.js';

/**
 * Puts back what the gateway hid from the platform because a page cannot see it (CH-140): the status of a redirect, its
 * location, and cookies.
 */
export function unveil(answer: WireAnswer): WireAnswer {
    const cookies = cookiesOf(answer);
    const header = without(answer.header, (name) => VEILED.includes(name));
    restore(header, 'location', headerOf(answer.header, 'x-berth-location'));
    restore(header, 'set-cookie', cookies.length === 0 ? undefined : cookies.join(','));
    const status = headerOf(answer.header, 'x-berth-status');
    return { ...answer, status: status === undefined ? answer.status : Number(status), header, cookies };
}

const VEILED = ['x-berth-status', 'x-berth-location', 'x-berth-set-cookie'];

function restore(header: Headers, name: string, value: string | undefined): void {
    if (value !== undefined && headerOf(header, name) === undefined) {
        header[name] = value;
    }
}

function cookiesOf(answer: WireAnswer): string[] {
    if (answer.cookies.length > 0) {
        return answer.cookies;
    }
    const joined = headerOf(answer.header, 'set-cookie') ?? headerOf(answer.header, 'x-berth-set-cookie');
    return joined === undefined ? [] : joined.split(COOKIE_BOUNDARY);
}

// A comma also stands in the dates of cookies; only the one before `name=` begins a cookie.
const COOKIE_BOUNDARY = /,\s*(?=[^\s,;=]+=)/;
