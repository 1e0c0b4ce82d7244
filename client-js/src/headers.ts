export type Headers = Record<string, string>;

export function headerOf(header: Headers, name: string): string | undefined {
    const key = spellingIn(header, name);
    return key === undefined ? undefined : header[key];
}

export function without(header: Headers, unwanted: (lowerCaseName: string) => boolean): Headers {
    const kept: Headers = {};
    for (const name of Object.keys(header)) {
        if (!unwanted(name.toLowerCase())) {
            kept[name] = header[name]!;
        }
    }
    return kept;
}

function spellingIn(header: Headers, name: string): string | undefined {
    return Object.keys(header).find((candidate) => candidate.toLowerCase() === name.toLowerCase());
}
