async function show() {
  const response = await fetch('../openapi.json');
  /** @type {unknown} */
  const described = await response.json();
  const { SwaggerUIBundle } = /** @type {{ SwaggerUIBundle: (options: object) => void }} */ (
    /** @type {unknown} */ (globalThis)
  );
  SwaggerUIBundle({
    // Wherever the API is mounted, it begins two steps above this page.
    spec: Object.assign(/** @type {object} */ (described), {
      servers: [{ url: new URL('../..', location.href).href.replace(/\/$/, '') }],
    }),
    dom_id: '#swagger-ui',
    deepLinking: true,
    // Else the document would be sent to a checker elsewhere.
    validatorUrl: null,
    tryItOutEnabled: true,
  });
}

void show();
