/* Swagger UI, from Docent's own server, on Docent's own description. */
window.SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#api",
  presets: [window.SwaggerUIBundle.presets.apis],
  validatorUrl: null,
});
