import { CALL_FUNCTION } from './api.js';
import type { Call } from './call.js';
import { cloudIDIn } from './cloud-id.js';
import { CloudError, typeOf, wrongType } from './errors.js';
import type { CallFunctionOptions } from './options.js';

/** A function may run for a minute, and wait for its host before; the gateway knows first that it is over. CH-142 */
const LONGEST = 90_000;

// CH-142
export function functionCallOf(options: CallFunctionOptions): Call {
    if (typeof options.name !== 'string') {
        throw wrongType('parameter.name', 'string', options.name); // WT-68
    }
    return {
        api: CALL_FUNCTION,
        method: 'POST',
        path: `/__berth__/functions/${encodeURIComponent(options.name)}`,
        header: { 'content-type': 'application/json' },
        body: bodyOf(options.data ?? {}),
        deadline: LONGEST,
        parsesJson: false,
        wantsBytes: false,
        followsRedirects: false,
    };
}

function bodyOf(data: object): string {
    if (typeOf(data) !== 'object') {
        throw wrongType('parameter', 'object', data); // WT-68
    }
    const cloudIds: Record<string, string> = Object.create(null);
    const text = jsonOf(data, (key, value) => {
        cloudIds[key] = value;
    });
    const others = Object.keys(cloudIds).length === 0 ? '' : `,"cloudIds":${JSON.stringify(cloudIds)}`;
    return `{"data":${text}${others}}`;
}

/** WT-71: without the CloudIDs of its top level; nested ones are their strings. */
function jsonOf(data: object, taken: (key: string, cloudID: string) => void): string {
    try {
        return JSON.stringify(data, function (this: Record<string, unknown>, key, value) {
            const cloudID = this === data ? cloudIDIn(this[key]) : undefined;
            if (cloudID !== undefined) {
                taken(key, cloudID);
                return undefined;
            }
            return typeOf(value) === 'arraybuffer' ? { type: 'Buffer', data: [...new Uint8Array(value)] } : value;
        });
    } catch (error) {
        const text = `parameter.data cannot be written as JSON: ${(error as Error).message}`;
        throw new CloudError(-401002, text, `errCode: -401002 api parameter error | errMsg: ${text}`);
    }
}
