/** Builds the front end into the Python package: hashed files, a manifest, one icon sprite, and compressed copies. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

import type { AtRule, Plugin as PostcssPlugin } from 'postcss';
import { PurgeCSS } from 'purgecss';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const OUT_DIR = 'src/shuniu/static/dist';

/** Whatever may name a class: templates, tags, forms and islands. */
const CLASS_SOURCES = [
  'src/shuniu/zone/**/templates/**/*.html',
  'src/shuniu/zone/**/templatetags/*.py',
  'src/shuniu/zone/**/forms.py',
  'src/shuniu/zone/**/forms/*.py',
  'assets/**/*.ts',
];

/** Fonts of printed files: their name, where npm puts them, and the weights that are needed. */
const FONTS: [string, string, string[]][] = [
  [
    'Noto Serif SC (@expo-google-fonts/noto-serif-sc)',
    'node_modules/@expo-google-fonts/noto-serif-sc',
    ['400Regular/NotoSerifSC_400Regular.ttf', '700Bold/NotoSerifSC_700Bold.ttf'],
  ],
  [
    'Noto Emoji (@expo-google-fonts/noto-emoji)',
    'node_modules/@expo-google-fonts/noto-emoji',
    ['400Regular/NotoEmoji_400Regular.ttf'],
  ],
];

/** Drop the rules of the `tabler` layer that no source names; our own layers stay whole. */
function purgeTabler(): PostcssPlugin {
  return {
    postcssPlugin: 'purge-tabler',
    async OnceExit(root, { parse }) {
      const layers: AtRule[] = [];
      root.walkAtRules('layer', (rule) => {
        if (rule.params === 'tabler' && rule.nodes) layers.push(rule);
      });
      for (const layer of layers) {
        const raw = layer.nodes?.map(String).join('\n') ?? '';
        const [purged] = await new PurgeCSS().purge({
          content: CLASS_SOURCES,
          css: [{ raw }],
          variables: true,
          keyframes: true,
          safelist: { variables: [/^--tblr-(body|border|bg-surface|primary|link|font|focus|form)/] },
        });
        layer.removeAll();
        layer.append(parse(purged?.css ?? '').nodes);
      }
    },
  };
}

/** Emit the mark, and the icons named in `assets/icons.json` as one file of symbols: `assets/icons.svg` in the manifest. */
function pictures(): Plugin {
  return {
    name: 'shuniu:pictures',
    generateBundle() {
      const mark = readFileSync('assets/mark.svg');
      this.emitFile({ type: 'asset', name: 'mark.svg', originalFileName: 'assets/mark.svg', source: mark });
      const names = JSON.parse(readFileSync('assets/icons.json', 'utf8')) as string[];
      const symbols = names.map((name) => {
        const drawing = readFileSync(`node_modules/@tabler/icons/icons/outline/${name}.svg`, 'utf8');
        const inside = /<svg[^>]*>([\s\S]*)<\/svg>/.exec(drawing)?.[1] ?? '';
        return `<symbol id="${name}" viewBox="0 0 24 24">${inside.replace(/\s*\n\s*/g, '')}</symbol>`;
      });
      this.emitFile({
        type: 'asset',
        name: 'icons.svg',
        originalFileName: 'assets/icons.svg',
        source: `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>\n`,
      });
    },
  };
}

/** Put the fonts beside the bundle: a PDF file is written with them where the machine has no Chinese font. No page loads them. */
function fonts(): Plugin {
  return {
    name: 'shuniu:fonts',
    apply: 'build',
    generateBundle() {
      for (const [, folder, files] of FONTS) {
        for (const file of files) {
          const fileName = `fonts/${file.split('/').at(-1) ?? file}`;
          this.emitFile({ type: 'asset', fileName, source: readFileSync(`${folder}/${file}`) });
        }
      }
    },
  };
}

/** Keep the notices of what is bundled beside the bundle; the styles and the icons of Tabler share one. */
function licenses(): Plugin {
  return {
    name: 'shuniu:licenses',
    generateBundle() {
      const notice = (name: string, file: string): string => `${name}\n\n${readFileSync(file, 'utf8').trim()}\n`;
      const parts = [
        notice('Tabler (@tabler/core, @tabler/icons)', 'node_modules/@tabler/icons/LICENSE'),
        notice('htmx (htmx.org)', 'node_modules/htmx.org/LICENSE'),
        ...FONTS.map(([name, folder]) => notice(name, `${folder}/LICENSE_FONT`)),
      ];
      this.emitFile({ type: 'asset', fileName: 'licenses.txt', source: parts.join('\n\n') });
    },
  };
}

/** Take the one direct `eval` out of htmx: our policy forbids it anyway, and with it the file cannot be minified well. */
function withoutEval(): Plugin {
  return {
    name: 'shuniu:without-eval',
    transform(code, id) {
      if (!id.includes('htmx.org')) return null;
      const changed = code.replace('return eval(str)', "throw new Error('htmx: eval is switched off')");
      if (changed === code) this.error('htmx no longer has the eval that was to be taken out');
      return { code: changed, map: null };
    },
  };
}

/** Write a `.gz` and a `.br` beside each text file, so that the server never compresses while somebody waits. */
function compressedCopies(): Plugin {
  return {
    name: 'shuniu:compressed-copies',
    apply: 'build',
    closeBundle() {
      const files = readdirSync(OUT_DIR, { recursive: true, withFileTypes: true });
      for (const entry of files.filter((file) => file.isFile() && /\.(css|js|svg)$/.test(file.name))) {
        const path = join(entry.parentPath, entry.name);
        const content = readFileSync(path);
        writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
        const params = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
        writeFileSync(`${path}.br`, brotliCompressSync(content, { params }));
      }
    },
  };
}

export default defineConfig({
  base: '/static/dist/',
  publicDir: 'assets/public',
  plugins: [withoutEval(), pictures(), fonts(), licenses(), compressedCopies()],
  css: { postcss: { plugins: [purgeTabler()] } },
  build: {
    outDir: OUT_DIR,
    emptyOutDir: true,
    manifest: 'manifest.json',
    target: 'es2022',
    // With an older target `light-dark()` is rewritten and a nested theme comes out wrong.
    cssTarget: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
    modulePreload: { polyfill: false },
    rolldownOptions: { input: { main: 'assets/main.ts' } },
  },
  test: { environment: 'jsdom', include: ['assets/**/*.test.ts'] },
});
