// The documentation as a site: the Markdown files where they are, no copy of them, with search and the API reference.
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const repository = 'https://github.com/replymeter/replymeter'
const services = ['messaging-service', 'metrics-service']

export default {
  title: 'Replymeter',
  description: 'How quickly and how reliably does a provider answer?',
  srcDir: root,
  srcExclude: ['**/target/**', 'site/**', '.github/**', '.replymeter/**'],
  outDir: path.join(root, 'site/dist'),
  rewrites: { 'README.md': 'index.md', 'web/README.md': 'web/index.md' },
  themeConfig: {
    search: { provider: 'local' },
    socialLinks: [{ icon: 'github', link: repository }],
    nav: [
      { text: 'Overview', link: '/' },
      ...services.map((service) => ({ text: `API of ${service}`, link: `/reference/${service}.html`, target: '_self' }))
    ],
    outline: 'deep',
    sidebar: [
      { text: 'What it is', items: pages({ '/': 'Overview', '/docs/rules': 'The rules', '/CHANGELOG': 'What changed' }) },
      { text: 'Use it', items: pages({ '/docs/integrate': 'Integrate', '/docs/api': 'The APIs', '/web/': 'The badge' }) },
      {
        text: 'Run it',
        items: pages({
          '/docs/operate': 'Run it', '/docs/kubernetes': 'On Kubernetes', '/docs/runbook': 'Alerts', '/docs/upgrade': 'Upgrade',
          '/PERFORMANCE': 'Performance', '/RELIABILITY': 'Reliability', '/SECURITY': 'Security'
        })
      },
      {
        text: 'Change it',
        collapsed: true,
        items: pages({
          '/CONTRIBUTING': 'Contributing', '/RATIONALE': 'Why it is so', '/measurement/RATIONALE': 'Why: measurement',
          '/metrics-service/RATIONALE': 'Why: metrics-service', '/messaging-service/RATIONALE': 'Why: messaging-service',
          '/shared-events/RATIONALE': 'Why: events', '/local-stack/RATIONALE': 'Why: the local stack'
        })
      }
    ]
  },
  markdown: { anchor: { slugify }, config: sourcesAtTheRepository },
  // The pages are outside of the folder that has the libraries.
  vite: { resolve: { alias: [{ find: /^vue(?=\/|$)/, replacement: path.join(root, 'site/node_modules/vue') }] } },
  buildEnd: ({ outDir }) => reference(path.join(outDir, 'reference'))
}

function pages(items) {
  return Object.entries(items).map(([link, text]) => ({ text, link }))
}

/** As GitHub does, for which the links are written. */
function slugify(heading) {
  return heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-')
}

/** What is no page is at the repository. What is nowhere stays, and is a dead link. */
function sourcesAtTheRepository(markdown) {
  markdown.core.ruler.push('sources', ({ tokens, env }) => {
    for (const token of tokens.flatMap((block) => block.children ?? []).filter(({ type }) => type === 'link_open')) {
      const target = token.attrGet('href').split('#')[0]
      const file = path.resolve(root, path.dirname(env.realPath ?? env.relativePath), target)
      if (target && !/^[a-z]+:|\.md$/.test(target) && existsSync(file)) {
        token.attrSet('href', `${repository}/blob/main/${path.relative(root, file)}`)
      }
    }
  })
}

/** The descriptions that the services are held to, in the viewer that they themselves serve. */
function reference(folder) {
  const viewer = path.dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
  for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js']) {
    cpSync(path.join(viewer, file), path.join(folder, file))
  }
  for (const service of services) {
    const description = readFileSync(path.join(root, `docs/openapi/${service}.json`), 'utf8').replaceAll('<', '\\u003c')
    writeFileSync(path.join(folder, `${service}.html`), `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>API of ${service}</title>
<link rel="stylesheet" href="swagger-ui.css">
<div id="reference"></div>
<script src="swagger-ui-bundle.js"></script>
<script>
SwaggerUIBundle({ dom_id: '#reference', deepLinking: true, supportedSubmitMethods: [], spec: ${description} })
</script>
</html>
`)
  }
}
