/**
 * It declares resolvers of its own, so it has all modules to itself.
 * @jest-environment node
 */
import { graphql } from "graphql";
import {
  Arg,
  Authorized,
  Ctx,
  Field,
  FieldResolver,
  Info,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
  Subscription,
  UseMiddleware,
} from "type-graphql";
import { AllFromRow, FromRow, JoinedRow } from "../src/graphql/row-fields.js";
import { createLoaders } from "../src/loaders.js";
import { sqlOf } from "../src/db/sql.js";
import { Meeting } from "../src/meeting/meeting.entity.js";
import { Person } from "../src/person/person.entity.js";
import { createSchema } from "../src/schema.js";
import { SourceDocument } from "../src/source/source-document.entity.js";
import { Languages } from "../src/search/languages.js";
import { Statement } from "../src/statement/statement.entity.js";
import { serviceWith, SHIPPED_RECORD, type TestService } from "./harness/service.js";

const refuse = () => {
  throw new Error("not allowed");
};

@Resolver(() => Person)
class InitialsResolver {
  @FieldResolver(() => String)
  initials(@FromRow(Person, "name") name: string) {
    return name[0]!;
  }

  @FieldResolver(() => Int)
  renamed(@FromRow(Person, "formerSlugs") slugs: string[], @Ctx("requestId") requestId: string) {
    return slugs.length + requestId.length;
  }

  @JoinedRow(Person, "ownerId", SourceDocument, { description: "What first names them." })
  owner: SourceDocument;
}

// tsc fails if it accepts one of these: @ts-expect-error is an error where there is none to expect.
class Miswritten {
  // @ts-expect-error: refused, since Person has no property `nmae`
  initials(@FromRow(Person, "nmae") name: string) {
    return name;
  }

  // @ts-expect-error: refused, since Person.name is a string
  length(@FromRow(Person, "name") name: number) {
    return name;
  }

  // @ts-expect-error: refused, since only `id` is read of the row
  initialsOf(@AllFromRow(Person, ["id"]) person: Person) {
    return person.name[0];
  }

  // @ts-expect-error: refused, since Statement.meetingId may be null
  meeting(@FromRow(Statement, "meetingId") id: string) {
    return id;
  }
}

describe("Methods of resolvers", () => {
  let service: TestService;
  beforeAll(async () => {
    service = await serviceWith(SHIPPED_RECORD);
  });
  afterAll(() => service.close());

  it.each([
    '{ person(slug: "rajnath-singh") { initials renamed owner { id } } }',
    "{ people { nodes { initials renamed owner { id } } } }",
    "{ statements { nodes { speakers { person { initials renamed owner { id } } } } } }",
    "{ people { nodes { tenures { person { initials renamed owner { id } } } } } }",
  ])(
    "A field resolver gets the columns it needs, whatever else is selected: %s",
    async (source) => {
      const loaders = createLoaders(sqlOf(service.dataSource), new Languages(0));
      const contextValue = { loaders, requestId: "" };
      const schema = createSchema(InitialsResolver);
      const { data, errors } = await graphql({ schema, source, contextValue });
      expect(errors).toBeUndefined();
      expect(JSON.stringify(data)).toContain('{"initials":"R","renamed":0,"owner":{"id":"');
    },
  );

  it("TypeScript refuses a property that the row does not have, or one of another type", () => {
    expect(Miswritten).toBeDefined(); // tsc reads the comments there
  });

  it("A field resolver that asks for its whole row is refused at the start", () => {
    @Resolver(() => Person)
    class WholeRow {
      @FieldResolver(() => String)
      initials(@Root() person: Person) {
        return person.name[0]!;
      }
    }
    expect(() => createSchema(WholeRow)).toThrow(/^WholeRow\.initials: .*@FromRow\(Person, …\)/);
  });

  it("A field resolver that asks for another entity's row or an unknown column is refused at the start", () => {
    @Resolver(() => Person)
    class OfAnother {
      @FieldResolver(() => String)
      said(@FromRow(Statement, "text") text: string) {
        return text;
      }
    }
    @Resolver(() => Statement)
    class NoColumn {
      @FieldResolver(() => String, { nullable: true })
      year(@FromRow(Statement, "date") date: string | null) {
        return date;
      }
    }
    @Resolver(() => Statement)
    class WrongTarget {
      @JoinedRow(Statement, "meetingId", Person, { nullable: true, description: "Who?" })
      hosts: Person | null;
    }
    @Resolver(() => Person)
    class WrongOwner {
      @JoinedRow(Statement, "meetingId", Meeting, { nullable: true, description: "Where?" })
      where: Meeting | null;
    }
    expect(() => createSchema(WrongOwner)).toThrow(
      /^WrongOwner\.where: .*must name the entity Person\.$/,
    );
    expect(() => createSchema(WrongTarget)).toThrow(
      /^WrongTarget\.hosts: .*not a foreign key to Person/,
    );
    expect(() => createSchema(OfAnother)).toThrow(/^OfAnother\.said: .*@FromRow\(Person, …\)/);
    expect(() => createSchema(NoColumn)).toThrow(/^NoColumn\.year: .*no column for date/);
  });
});

describe("Features of type-graphql that are refused at the start", () => {
  it("Middleware of a method, a class or a type's field is refused", () => {
    @Resolver()
    class OfMethod {
      @UseMiddleware(refuse)
      @Query(() => String)
      secret() {
        return "told";
      }
    }
    @UseMiddleware(refuse)
    @Resolver()
    class OfClass {
      @Query(() => String)
      secret() {
        return "told";
      }
    }
    @ObjectType()
    class Guarded {
      @UseMiddleware(refuse)
      @Field(() => String)
      name: string;
    }
    @Resolver()
    class OfType {
      @Query(() => Guarded)
      guarded() {
        return { name: "told" };
      }
    }
    expect(() => createSchema(OfMethod)).toThrow(
      "OfMethod.secret: @UseMiddleware is not supported.",
    );
    expect(() => createSchema(OfClass)).toThrow("OfClass: @UseMiddleware is not supported.");
    expect(() => createSchema(OfType)).toThrow("Guarded.name: @UseMiddleware is not supported.");
  });

  it("Authorization of a method, a class or a type's field is refused", () => {
    @Resolver()
    class OfMethod {
      @Authorized()
      @Query(() => String)
      secret() {
        return "told";
      }
    }
    @Authorized()
    @Resolver()
    class OfClass {
      @Query(() => String)
      secret() {
        return "told";
      }
    }
    @ObjectType()
    class Private {
      @Authorized()
      @Field(() => String)
      name: string;
    }
    @Resolver()
    class OfType {
      @Query(() => Private)
      guarded() {
        return { name: "told" };
      }
    }
    expect(() => createSchema(OfMethod)).toThrow("OfMethod.secret: @Authorized is not supported.");
    expect(() => createSchema(OfClass)).toThrow("OfClass: @Authorized is not supported.");
    expect(() => createSchema(OfType)).toThrow("Private.name: @Authorized is not supported.");
  });

  it("Mutations and subscriptions are refused", () => {
    @Resolver()
    class Writing {
      @Mutation(() => String)
      write() {
        return "written";
      }
    }
    @Resolver()
    class Telling {
      @Subscription(() => String, { topics: "news" })
      news() {
        return "told";
      }
    }
    expect(() => createSchema(Writing)).toThrow("Writing.write: a @Mutation is not supported.");
    expect(() => createSchema(Telling)).toThrow("Telling.news: a @Subscription is not supported.");
  });

  it("Renamed fields, methods of types and validation of arguments are refused", () => {
    @Resolver(() => Person)
    class OtherName {
      @FieldResolver(() => String, { name: "first" })
      initials(@FromRow(Person, "name") name: string) {
        return name;
      }
    }
    @InputType()
    class Renamed {
      @Field(() => String, { name: "called" })
      name: string;
    }
    @Resolver()
    class WithInput {
      @Query(() => String)
      named(@Arg("input", () => Renamed) input: Renamed) {
        return input.name;
      }
    }
    @ObjectType()
    class WithMethod {
      @Field(() => String)
      name(): string {
        return "told";
      }
    }
    @Resolver()
    class OfType {
      @Query(() => WithMethod)
      withMethod() {
        return {};
      }
    }
    @Resolver()
    class Validating {
      @Query(() => String)
      checked(@Arg("word", () => String, { validateFn: refuse }) word: string) {
        return word;
      }
    }
    expect(() => createSchema(OtherName)).toThrow(/^OtherName\.initials: another name/);
    expect(() => createSchema(WithInput)).toThrow(/^Renamed\.name: a @Field of another name/);
    expect(() => createSchema(OfType)).toThrow(/^WithMethod\.name: only a @FieldResolver/);
    expect(() => createSchema(Validating)).toThrow(/^Validating\.checked: validation/);
  });
});

it("A parameter can be one property of the context, or GraphQL's info about the field", async () => {
  @Resolver()
  class Parameters {
    @Query(() => String)
    parameters(@Ctx("requestId") id: string, @Info() { fieldName }: { fieldName: string }) {
      return `${id} ${fieldName}`;
    }
  }
  const answer = await graphql({
    schema: createSchema(Parameters),
    source: "{ parameters }",
    contextValue: { requestId: "r1" },
  });
  expect(answer).toEqual({ data: { parameters: "r1 parameters" } });
});
