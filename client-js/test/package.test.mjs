import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import * as esm from '../dist/index.js';
import { loadInMiniProgram, loadInPage } from './platforms.mjs';

const read = (file) => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
const manifest = JSON.parse(read('package.json'));
const names = ['CloudError', 'TransportFailure', 'createCloud', 'install', 'wxTransport'];

test('every form of the package exports the same', () => {
    const cjs = createRequire(import.meta.url)('../dist/index.cjs');
    for (const form of [esm, cjs, loadInMiniProgram(), loadInPage()]) {
        assert.deepEqual(Object.keys(form).sort(), names);
    }
});

test('the files that package.json names exist', () => {
    const { import: esModule, require: commonJs } = manifest.exports['.'];
    const files = [manifest.main, manifest.module, manifest.types, manifest.unpkg, ...Object.values(esModule), ...Object.values(commonJs)];
    for (const file of [...files, `${manifest.miniprogram}/index.js`]) {
        assert.ok(existsSync(new URL(`../${file}`, import.meta.url)), file);
    }
});

test('the package depends on nothing at run time', () => {
    assert.equal(manifest.dependencies, undefined);
    assert.doesNotMatch(read('dist/index.cjs'), /\brequire\(/);
    assert.doesNotMatch(read('dist/index.js'), /\bimport\b[^(]*\bfrom\b/);
});

test('the lock file names no registry host', () => {
    assert.doesNotMatch(read('package-lock.json'), /"resolved"|https?:\/\/registry/);
});
