import type { Attempt } from './attempt.js';

/** When the gateway cannot be reached. */
export const WHAT_TO_DO =
    'Check that Berth runs there (berth status) and that this device reaches it; a mini program also needs the address ' +
    'among its request domains (request 合法域名), or domain checks off in the developer tools, ' +
    "a page its origin among the gateway's allowed origins";

/** What people need beside the code: where it came from and what to do. Programs must not depend on it. */
export interface Explanation {
    /** `<component>; <reason>`. CH-88 */
    readonly reason?: string;
    readonly hint?: string;
}

/** Every failure of a call. `errCode` and `errMsg` are what `wx.cloud` gives. */
export class CloudError extends Error {
    readonly errCode: number;
    readonly errMsg: string;
    readonly callID?: string;
    readonly reason?: string;
    readonly hint?: string;

    constructor(errCode: number, errMsg: string, message = errMsg) {
        super(message);
        this.errCode = errCode;
        this.errMsg = errMsg;
    }

    explained(attempt: Attempt, explanation: Explanation): this {
        return Object.assign(this, { callID: attempt.callID }, explanation);
    }
}

// CH-16
export function notEnabled(): CloudError {
    const text =
        "Cloud API isn't enabled, please call wx.cloud.init first\n请先调用 wx.cloud.init() 完成初始化后再调用其他云 API。";
    return new CloudError(-1, text, `errCode: -1  | errMsg: ${text}`);
}

/** Of `callFunction` WT-68. */
export function wrongType(parameter: string, expected: string, value: unknown): CloudError {
    const text = `${parameter} should be ${expected} instead of ${typeOf(value)};`;
    return new CloudError(-401003, text, `errCode: -401003 api parameter type error | errMsg: ${text}`);
}

/** `number`, `array`, `null` … */
export function typeOf(value: unknown): string {
    return Object.prototype.toString.call(value).slice(8, -1).toLowerCase();
}

// CH-91 CH-93 WT-68
export function systemError(code: number, text: string, attempt: Attempt, explanation: Explanation = {}): CloudError {
    const { api } = attempt;
    const error = `Error: errCode: ${code}${api.textOf(code)} | errMsg: ${text}`;
    const trace = attempt.traceUntil(`system error (${error}), abort`);
    return new CloudError(api.errCodeOf(code), `${api.name}:fail ${error} ${trace}`).explained(attempt, explanation);
}

// CH-92
export function localError(code: number, text: string, attempt: Attempt, explanation: Explanation = {}): CloudError {
    return new CloudError(code, `${attempt.api.name}:fail ${code} ${text} ${attempt.traceUntil('abort')}`).explained(
        attempt,
        explanation,
    );
}

// CH-26 CH-94
export function answerError(text: string, attempt: Attempt): CloudError {
    const { name } = attempt.api;
    return new CloudError(-1, `${name}:fail -1 . ${name}:fail [call_id ${attempt.callID}] ${text}`).explained(attempt, {});
}

// CH-31
export function tooManyRedirects(attempt: Attempt): CloudError {
    return new CloudError(-1, `${attempt.api.name}:fail reach the max redirect count`).explained(attempt, {});
}
