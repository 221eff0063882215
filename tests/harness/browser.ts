/// <reference lib="dom" />
import { chromium } from "playwright-core";
export const x = chromium;
