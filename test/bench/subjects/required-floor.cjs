// The same as floor.mjs, required: import reads every export, and with node:http's Node.js loads its fetch.
require("node:http");
require("node:https");
require("node:crypto");
