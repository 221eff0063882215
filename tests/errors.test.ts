import fc from "fast-check";
import { SHIPPED_RECORD, serviceWith, type TestService } from "./harness/service.js";
import { connectionsOf, STATEMENT_IN, textArguments } from "./fixtures/questions.js";
