import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

rmSync('dist', { recursive: true, force: true });
await Promise.all([
    bundle({ format: 'esm', outfile: 'dist/index.js' }),
    bundle({ format: 'cjs', outfile: 'dist/index.cjs' }),
    bundle({ format: 'iife', globalName: 'berth', outfile: 'dist/berth.global.js' }),
]);
copyForMiniPrograms();
declareTypes();

function bundle(output) {
    return build({
        entryPoints: ['src/index.ts'],
        bundle: true,
        platform: 'neutral',
        target: 'es2018',
        charset: 'utf8',
        define: { BERTH_CLIENT_VERSION: JSON.stringify(version) },
        ...output,
    });
}

// The developer tools copy the folder that "miniprogram" names and look for index.js in it.
function copyForMiniPrograms() {
    mkdirSync('dist/miniprogram');
    copyFileSync('dist/index.cjs', 'dist/miniprogram/index.js');
}

// A CommonJS importer needs its own declarations: the package is of type "module".
function declareTypes() {
    execFileSync('npx', ['--no-install', 'tsc', '-p', '.'], { stdio: 'inherit' });
    for (const file of readdirSync('dist').filter((name) => name.endsWith('.d.ts'))) {
        const declaration = readFileSync(`dist/${file}`, 'utf8').replaceAll(/\.js'/g, ".cjs'");
        writeFileSync(`dist/${file.replace(/\.d\.ts$/, '.d.cts')}`, declaration);
    }
}
