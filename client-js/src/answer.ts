import type { Attempt } from './attempt.js';
import type { Call } from './call.js';
import { answerError, systemError, type CloudError } from './errors.js';
import { headerOf } from './headers.js';
import type { CallContainerResult } from './options.js';
import { decodeUtf8 } from './utf8.js';
import type { WireAnswer } from './transport.js';

// CH-70: the header decides, whatever the status says.
export function systemErrorIn(answer: WireAnswer, attempt: Attempt): CloudError | undefined {
    const code = systemCodeOf(answer);
    if (code === undefined) {
        return undefined;
    }
    const reason = headerOf(answer.header, 'x-berth-reason');
    return systemError(code, systemErrorText(answer), attempt, reason === undefined ? {} : { reason });
}

function systemErrorText(answer: WireAnswer): string {
    try {
        return String(JSON.parse(decodeUtf8(answer.body)).base_resp.errmsg);
    } catch {
        return 'system error';
    }
}

// CH-23 CH-24
export function resultOf(answer: WireAnswer, call: Call, attempt: Attempt): CallContainerResult {
    return resultWith(dataOf(answer, call, attempt), answer, attempt);
}

/** The code of a system error, if the answer is one. */
export function systemCodeOf(answer: WireAnswer): number | undefined {
    const code = headerOf(answer.header, 'x-wx-system-error');
    return code === undefined ? undefined : Number(code);
}

/** As `wx.request` reads an answer: what is not JSON stays text. */
export function lenientResultOf(answer: WireAnswer, call: Call, attempt: Attempt): CallContainerResult {
    try {
        return resultOf(answer, call, attempt);
    } catch {
        return resultOf(answer, { ...call, parsesJson: false }, attempt);
    }
}

function resultWith(data: unknown, answer: WireAnswer, attempt: Attempt): CallContainerResult {
    return {
        data,
        header: answer.header,
        statusCode: answer.status,
        cookies: answer.cookies,
        callID: attempt.callID,
        errMsg: `${attempt.api.name}:ok`,
    };
}

function dataOf(answer: WireAnswer, call: Call, attempt: Attempt): unknown {
    if (call.wantsBytes && !call.parsesJson) {
        return answer.body; // CH-27
    }
    const text = textOf(answer.body, attempt);
    // The SDK does not parse the body of a redirect.
    return call.parsesJson && answer.status !== 302 ? parsed(text, attempt) : text;
}

function textOf(body: ArrayBuffer, attempt: Attempt): string {
    try {
        return decodeUtf8(body);
    } catch (error) {
        throw answerError(`error while processing internal response ${error}`, attempt); // CH-27 CH-94
    }
}

function parsed(text: string, attempt: Attempt): unknown {
    if (text === '') {
        return {}; // CH-25
    }
    try {
        return JSON.parse(text);
    } catch (error) {
        throw answerError(`parse response body as JSON failed: ${error}. input: ${text}`, attempt); // CH-26
    }
}
