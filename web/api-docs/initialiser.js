const answer = await fetch('../openapi.json');
const document = await answer.json();

// Wherever the API is mounted, it begins two steps above this page.
document.servers = [{ url: new URL('../..', location.href).href.replace(/\/$/, '') }];

globalThis['SwaggerUIBundle']({
  spec: document,
  dom_id: '#swagger-ui',
  deepLinking: true,
  // Nothing that is sent anywhere else than to this server.
  validatorUrl: null,
  tryItOutEnabled: true,
});
