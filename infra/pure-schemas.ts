import { readFileSync } from "node:fs";
import type { Plugin } from "esbuild";

/** A schema: an array that a whole statement gives a name. */
const schema = /^((?:export )?var \w+\$? = )(\[[^;]*\]);$/gm;

/**
 * Lets esbuild leave out the schemas of operations that nobody calls: hundreds of kilobytes of the client of Amazon
 * Connect. They are arrays with computed keys (`{ [_hH]: … }`), which esbuild must take for code with effects; as
 * calls marked pure they go when nothing names them.
 */
export const pureSchemas: Plugin = {
  name: "pure-schemas",
  setup: ({ onLoad }) => {
    onLoad(
      { filter: /@aws-sdk[\\/]client-[^\\/]+[\\/]dist-es[\\/]schemas[\\/]schemas_\d+\.js$/ },
      ({ path }) => ({
        contents: readFileSync(path, "utf8").replace(schema, "$1/* @__PURE__ */ (() => $2)();"),
        loader: "js",
      }),
    );
  },
};
