import { createHash } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";

/** A page and its content security policy. */
export interface Page {
  html: string;
  policy: string;
}

/** Escapes text for HTML and its attributes. */
export function escapeHtml(text: string): string {
  const entities: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
  };
  return text.replace(/[&<>"]/g, (character) => entities[character]!);
}

/** A content security policy that allows only these directives, and no framing. Forms may be sent to `formAction` only. */
export function contentPolicy(allowed: string[], formAction = "'none'"): string {
  const never = ["base-uri 'none'", `form-action ${formAction}`, "frame-ancestors 'none'"];
  return ["default-src 'none'", ...allowed, ...never].join("; ");
}

/** The hash by which a content security policy allows an inline script or style. */
export function cspHash(source: string): string {
  return `'sha256-${createHash("sha256").update(source).digest("base64")}'`;
}

/** Sets the headers of an HTML page. Browsers may cache it but must revalidate. */
export function asPage(reply: FastifyReply, policy: string): FastifyReply {
  return reply
    .type("text/html; charset=utf-8")
    .header("content-security-policy", policy)
    .header("x-content-type-options", "nosniff")
    .header("referrer-policy", "no-referrer")
    .header("cache-control", "no-cache");
}

export /** The origin by which the browser has reached the service. A TLS-terminating proxy sets the header. */
function originOf(request: FastifyRequest): string {
  const { "x-forwarded-proto": protocol, host = "localhost" } = request.headers;
  return `${protocol === "https" ? "https" : "http"}://${host}`;
}

/** The icon, served at `/favicon.svg`. */
export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<rect width="32" height="32" rx="7" fill="#1f3a5f"/>
<path d="M7 9h11v9h-6l-3 3v-3H7z" fill="#fff"/>
<path d="M20 13h5v9h-2v3l-3-3h-6v-2h6z" fill="#d9b866"/>
</svg>
`;

/**
 * Colours and fonts of all pages. No web fonts, so that they look the same offline. Every colour has at least
 * the contrast to its background that WCAG AA requires.
 */
export const LOOK = `:root { color-scheme: light dark; --paper: #faf8f3; --card: #fff; --ink: #1a232e; --soft: #566170;
  --line: #e2ddd2; --accent: #1d4273; --on-accent: #fff; --gold: #84600f;
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, Georgia, "Noto Serif", serif;
  --mono: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; }
@media (prefers-color-scheme: dark) { :root { --paper: #10151b; --card: #171e26; --ink: #e7eaee; --soft: #a1acb9;
  --line: #2a343f; --accent: #9fc5f5; --on-accent: #0f1a28; --gold: #dcbb6a; } }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
a { color: var(--accent); text-underline-offset: 0.2em; text-decoration-thickness: 1px; }
a:focus-visible, pre:focus-visible { outline: 3px solid var(--gold); outline-offset: 3px; border-radius: 6px; }
.brand { display: flex; align-items: center; gap: 0.6rem; font-weight: 600; letter-spacing: 0.01em; }
.brand svg { width: 1.75rem; height: 1.75rem; }
.notice { max-width: 38rem; margin: 0 auto; padding: clamp(2rem, 14vh, 9rem) 1.5rem 2rem; }
.notice h1 { margin: 2.5rem 0 0; text-wrap: balance; font: 400 2.2rem/1.15 var(--serif); letter-spacing: -0.01em; }
`;

/** Icon and name, at the top of each page. */
export const BRAND = `${ICON.replace("<svg", '<svg aria-hidden="true"')} communique`;

/** The content of a page's `<head>`. `tags`: what it loads, before its own style, which counts more than theirs. */
export function head(title: string, description: string, style: string, tags = ""): string {
  return `<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<meta name="description" content="${escapeHtml(description)}">
<link rel="icon" href="/favicon.svg">
${tags}<style>${style}</style>`;
}
