{#- A template, since it says which sets of colours the theme has. -#}
/* global __md_get */

/* Before anything is painted: the colours that the reader chose. What is kept in this browser has the
   names that Material's script gives it. Where nothing may be kept, as where all cookies are blocked,
   asking for `localStorage` fails. Then nothing is kept, and all else works. */

{
  const named = (key, scope) => `${scope.pathname}.${key}`;

  globalThis.__md_scope = new URL({{ config.extra.scope | d("../", true) | tojson }}, {{ "location" if config.extra.scope else "document.currentScript.src" }});
  globalThis.__md_hash = (text) => [...text].reduce((sum, letter) => (sum << 5) - sum + letter.charCodeAt(0), 0);

  globalThis.__md_get = (key, store, scope = globalThis.__md_scope) => {
    try {
      return JSON.parse((store ?? localStorage).getItem(named(key, scope)));
    } catch {
      return null;
    }
  };

  globalThis.__md_set = (key, value, store, scope = globalThis.__md_scope) => {
    try {
      (store ?? localStorage).setItem(named(key, scope), JSON.stringify(value));
    } catch {
      // Then the next page does not know.
    }
  };

  const options = [
    {%- for option in (config.theme.palette if config.theme.palette is not mapping else [config.theme.palette]) %}
    {
      media: {{ option.media | d("", true) | tojson }},
      scheme: {{ option.scheme | d("default", true) | replace(" ", "-") | tojson }},
      primary: {{ option.primary | d("indigo", true) | replace(" ", "-") | tojson }},
      accent: {{ option.accent | d("indigo", true) | replace(" ", "-") | tojson }},
      {%- if option.toggle %}
      name: {{ option.toggle.name | tojson }},
      icon: {% filter tojson %}{% include ".icons/" ~ option.toggle.icon ~ ".svg" %}{% endfilter %},
      {%- endif %}
    },
    {%- endfor %}
  ];

  /** Show a set of colours, or one of the system's where it stands for these; what Material keeps of it. */
  function show(index) {
    const { media } = options[index];
    const isOfSystem = (option) => option.media !== media && matchMedia(option.media).matches;
    const shown = (media === "(prefers-color-scheme)" && options.find(isOfSystem)) || options[index];
    const color = { media, scheme: shown.scheme, primary: shown.primary, accent: shown.accent };
    for (const [key, value] of Object.entries(color)) document.body.setAttribute(`data-md-color-${key}`, value);
    return { index, color };
  }

  /** The set that was chosen before, else the one that the system prefers. */
  function preferred() {
    const chosen = __md_get("__palette")?.index;
    if (options[chosen]) return chosen;
    return Math.max(0, options.findIndex(({ media }) => matchMedia(media).matches));
  }

  globalThis.palette = { options, preferred, show };
  if (options.length) show(preferred());
}
