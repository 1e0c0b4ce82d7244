const ID = Symbol('CloudID');

/** A string that is marked as a CloudID. In JSON, and as text, it is that string. WT-71 */
export interface CloudID {
    toJSON(): string;
    toString(): string;
}

/** With `new` or without, as with WeChat. */
export interface CloudIDConstructor {
    new (cloudID: string): CloudID;
    (cloudID: string): CloudID;
}

export const CloudID = function (cloudID: string): CloudID {
    return Object.defineProperty(Object.create(CloudID.prototype), ID, { value: cloudID });
} as CloudIDConstructor;

/** The string of what is marked, else `undefined`. */
export function cloudIDIn(value: unknown): string | undefined {
    return Object(value)[ID];
}

function text(this: { [ID]: string }): string {
    return this[ID];
}

Object.defineProperties(CloudID.prototype, { toJSON: { value: text }, toString: { value: text } });
