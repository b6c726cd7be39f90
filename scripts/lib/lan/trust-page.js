import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const certificatePath = '/groupcast.crt';

/** @param {string} url */
const page = (url) => `<!doctype html>
<html lang="zh">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>Groupcast</title>
<style>
:root{color-scheme:light dark}
body{max-width:34rem;margin:0 auto;padding:1.5rem 1rem 3rem;font:1rem/1.6 system-ui,sans-serif}
h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2rem}
a.big{display:block;margin:.75rem 0;padding:.9rem 1rem;border-radius:999px;background:#0a7a52;color:#fff;text-align:center;text-decoration:none;font-weight:600}
li{margin:.4rem 0}hr{margin:2.5rem 0;border:0;border-top:1px solid #8886}
</style>
<h1>在这个网络里使用 Groupcast</h1>
<p>手机只把摄像头和麦克风交给可信的网页。请先信任这台电脑的证书，每部手机只需一次。</p>
<a class="big" href="${certificatePath}">1. 下载证书</a>
<h2>iPhone、iPad</h2>
<ol><li>设置 → 已下载描述文件 → 安装</li><li>设置 → 通用 → 关于本机 → 证书信任设置 → 打开“Groupcast”</li></ol>
<h2>Android</h2>
<ol><li>设置 → 安全 → 更多安全设置 → 加密与凭据 → 安装证书 → CA 证书</li><li>选择刚下载的文件</li></ol>
<a class="big" href="${url}">2. 打开 Groupcast</a>
<p>不再使用时，请在同一位置删除这个证书。</p>
<hr>
<section lang="en">
<h1>Groupcast in this network</h1>
<p>Phones give camera and microphone only to pages they trust. Trust the certificate of this computer first, once on each phone.</p>
<a class="big" href="${certificatePath}">1. Get the certificate</a>
<h2>iPhone, iPad</h2>
<ol><li>Settings → Profile Downloaded → Install</li><li>Settings → General → About → Certificate Trust Settings → turn on “Groupcast”</li></ol>
<h2>Android</h2>
<ol><li>Settings → Security → More → Encryption and credentials → Install a certificate → CA certificate</li><li>Choose the file you have just got</li></ol>
<a class="big" href="${url}">2. Open Groupcast</a>
<p>When you do not need it any more, remove the certificate in the same place.</p>
</section>
</html>
`;

/**
 * The one plain page of a local network: how to trust the certificate, and where to go then. Nothing else is there.
 * @param {{ host: string, port: number, caFile: string, url: string }} options
 * @returns {Promise<() => Promise<void>>} the stop
 */
export async function openTrustPage({ host, port, caFile, url }) {
  const headers = {
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  };
  const server = createServer({ requestTimeout: 10_000 }, (request, response) => {
    if (request.method !== 'GET') return response.writeHead(405, headers).end();
    if (request.url === certificatePath) {
      const type = 'application/x-x509-ca-cert';
      const named = { 'content-type': type, 'content-disposition': 'attachment; filename="groupcast.crt"' };
      return response.writeHead(200, { ...headers, ...named }).end(readFileSync(caFile));
    }
    return response.writeHead(200, { ...headers, 'content-type': 'text/html; charset=utf-8' }).end(page(url));
  }).listen(port, host);
  await once(server, 'listening');
  return async () => {
    server.close();
    server.closeAllConnections();
  };
}
