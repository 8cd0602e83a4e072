// House rules of the TypeScript here; each rule beyond the recommended sets says why.
import js from "@eslint/js";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["**/*.mjs"] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // A secret is never made from a guessable source.
      "no-restricted-properties": ["error", { object: "Math", property: "random", message: "Use crypto.getRandomValues." }],
      // Nothing is kept in the browser but what the page says.
      "no-restricted-globals": ["error", "localStorage", "sessionStorage", "indexedDB"],
      // The policy allows no markup made from strings.
      "no-restricted-syntax": ["error", { selector: "MemberExpression[property.name=/^(inner|outer)HTML$/]", message: "Build elements." }],
      // A page names the kind of the element it looks up.
      "@typescript-eslint/no-unnecessary-type-parameters": "off",
      // Numbers in sentences need no String() around them.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
    },
  },
);
