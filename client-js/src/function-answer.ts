import type { Attempt } from './attempt.js';
import { CloudError, localError } from './errors.js';
import type { CallFunctionResult } from './options.js';
import type { WireAnswer } from './transport.js';
import { decodeUtf8 } from './utf8.js';

interface Content {
    errcode: number;
    errmsg: string;
    requestID: string;
    result?: unknown;
}

/** Of a function that ran. WT-67, CH-142 */
export function functionResultOf(answer: WireAnswer, attempt: Attempt): CallFunctionResult {
    const { errcode, errmsg, requestID, result } = contentOf(answer, attempt);
    if (errcode === 0) {
        return { errMsg: `${attempt.api.name}:ok`, result, requestID };
    }
    throw functionError(errcode, errmsg, requestID, attempt);
}

function contentOf(answer: WireAnswer, attempt: Attempt): Content {
    try {
        const content = JSON.parse(decodeUtf8(answer.body));
        if (typeof content.errcode === 'number' && typeof content.requestID === 'string') {
            return content;
        }
    } catch {
        // Told below, with the status.
    }
    const text = `status ${answer.status} and no result (expected: {"errcode","requestID","result"} of a Berth gateway)`;
    throw localError(-1, text, attempt);
}

// WT-68
function functionError(code: number, text: string, requestID: string, attempt: Attempt): CloudError {
    const ids = `(requestId ${requestID}, callid ${attempt.callID})`;
    const told =
        code === -504002
            ? `云函数执行错误\n云端堆栈信息(error stack)${ids}:\n${text}`
            : `\n云函数调用失败${ids}:\n${code} ${text}`;
    const errMsg = `${attempt.api.name}:fail -404011 cloud function execution error. ${told}`;
    return new CloudError(-404011, errMsg).explained(attempt, {});
}
