/** A style sheet that Vite puts beside the script. */
declare module "*.css";
