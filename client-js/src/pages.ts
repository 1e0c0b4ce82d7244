import { holdsOpenData } from './open-data.js';
import type { OpenDataDetail, WithCloudID } from './options.js';

type Exchange = (detail: OpenDataDetail) => Promise<WithCloudID<OpenDataDetail>>;
type Handler = (this: unknown, ...args: unknown[]) => unknown;
type Register = (options: object) => unknown;

// Of a mini program; assigned, not defined, for older base libraries have no globalThis.
declare let Page: Register;
declare let Component: Register;
declare let Behavior: Register;

/**
 * From now on what handlers of pages and components are given by an open-data button has Berth's `cloudID` in its detail;
 * they are called when it is there. What cannot be exchanged is handed on as it came, with a warning.
 */
export function wrapPages(exchange: Exchange): void {
    if (typeof Page !== 'function') {
        throw new Error('wrapPages: there is no Page here (expected: to be called in app.js of a mini program)');
    }
    const ofPage = Page;
    Page = (options) => ofPage(wrapped(options, exchange));
    if (typeof Component === 'function') {
        const ofComponent = Component;
        Component = (options) => ofComponent(withMethods(options, exchange));
    }
    if (typeof Behavior === 'function') {
        const ofBehavior = Behavior;
        Behavior = (options) => ofBehavior(withMethods(options, exchange));
    }
}

function withMethods(options: object, exchange: Exchange): object {
    const { methods } = options as { methods?: object };
    return methods === undefined ? options : copyOf(options, { methods: wrapped(methods, exchange) });
}

function wrapped(handlers: object, exchange: Exchange): object {
    const replaced: Record<string, Handler> = {};
    for (const [name, handler] of Object.entries(handlers)) {
        if (typeof handler === 'function') {
            replaced[name] = handing(handler, exchange);
        }
    }
    return copyOf(handlers, replaced);
}

function copyOf(object: object, changes: object): object {
    return Object.assign(Object.create(Object.getPrototypeOf(object)), object, changes);
}

function handing(handler: Handler, exchange: Exchange): Handler {
    return function (...args) {
        const [event, ...rest] = args;
        const { detail } = Object(event);
        if (!holdsOpenData(detail)) {
            return handler.apply(this, args);
        }
        return exchange(detail).then(
            (exchanged) => handler.apply(this, [copyOf(event as object, { detail: exchanged }), ...rest]),
            (error) => {
                console.warn(`Berth gives no cloudID: ${error.errMsg ?? error} ${error.hint ?? ''}`);
                return handler.apply(this, args);
            },
        );
    };
}
