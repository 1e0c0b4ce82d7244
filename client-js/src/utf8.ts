// Mini programs have no TextDecoder. CH-27: bytes that are not text fail as they do in WeChat's SDK.

const CHUNK = 8192;
const SMALLEST = [0, 0, 0x80, 0x800, 0x10000]; // by length; below it an encoding is overlong

/** Strict UTF-8, a byte order mark dropped. Throws a RangeError `Invalid code point <n>`. */
export function decodeUtf8(buffer: ArrayBuffer): string {
    const bytes = new Uint8Array(buffer);
    let text = '';
    let units: number[] = [];
    for (let at = startOf(bytes); at < bytes.length; ) {
        const length = lengthOf(bytes[at]!);
        appendCodePoint(units, codePointAt(bytes, at, length));
        at += length;
        if (units.length >= CHUNK) {
            text += String.fromCharCode(...units);
            units = [];
        }
    }
    return text + String.fromCharCode(...units);
}

function startOf(bytes: Uint8Array): number {
    return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}

function lengthOf(lead: number): number {
    if (lead < 0x80) return 1;
    if (lead >= 0xc2 && lead < 0xe0) return 2;
    if (lead >= 0xe0 && lead < 0xf0) return 3;
    if (lead >= 0xf0 && lead < 0xf5) return 4;
    throw invalid(lead);
}

function codePointAt(bytes: Uint8Array, at: number, length: number): number {
    const lead = bytes[at]!;
    if (length === 1) {
        return lead;
    }
    let point = lead & (0xff >> (length + 1));
    for (let next = at + 1; next < at + length; next++) {
        const continuation = bytes[next];
        if (continuation === undefined || (continuation & 0xc0) !== 0x80) {
            throw invalid(continuation ?? lead);
        }
        point = (point << 6) | (continuation & 0x3f);
    }
    if (point < SMALLEST[length]! || point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) {
        throw invalid(point);
    }
    return point;
}

function appendCodePoint(units: number[], point: number): void {
    if (point < 0x10000) {
        units.push(point);
    } else {
        units.push(0xd800 + ((point - 0x10000) >> 10), 0xdc00 + ((point - 0x10000) & 0x3ff));
    }
}

function invalid(point: number): RangeError {
    return new RangeError(`Invalid code point ${point}`);
}
