{% load static %}// Keeps one page that says there is no connection, and nothing else: no page and no file of the site is ever stored by it.
const STORE = "offline-1";
const OFFLINE = "{% url 'kit:offline' %}";
self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(STORE).then((store) => store.add(new Request(OFFLINE, { credentials: "omit", cache: "reload" }))));
});
self.addEventListener("activate", (event) => {
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter((name) => name !== STORE).map((name) => caches.delete(name)))));
});
self.addEventListener("fetch", (event) => {
  if (event.request.mode !== "navigate" || event.request.method !== "GET") return;
  event.respondWith(fetch(event.request).catch(async () => (await caches.match(OFFLINE)) ?? Response.error()));
});
