using System.Collections.Immutable;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;
using Shop.Functions.Tests.Architecture;

namespace Shop.Functions.Tests.Description;

/// <summary>What an HTTP function takes and answers, as its code has it.</summary>
internal sealed partial record FunctionContract
{
    private static readonly int[] Statuses = [200, 201, 202, 400, 404, 409, 410, 422, 429, 503];
    private const string Tagged = nameof(JsonResult<object>.Tagged);
    private static readonly string[] Leaves = [nameof(Problem), "JsonResult`1", nameof(HtmlPage)];

    public required string Name { get; init; }

    public required MethodInfo Method { get; init; }

    public required Access Access { get; init; }

    public required ImmutableArray<string> Verbs { get; init; }

    /// <summary>Below the prefix, without constraints, for instance <c>orders/{id}</c>.</summary>
    public required string Route { get; init; }

    /// <summary>What it reads as JSON; null when it reads none.</summary>
    public Type? Body { get; init; }

    public bool TakesForm { get; init; }

    public ImmutableArray<string> Query { get; init; } = [];

    public ImmutableArray<string> Headers { get; init; } = [];

    public bool HasTag { get; init; }

    public ImmutableArray<Answer> Answers { get; init; } = [];

    public ImmutableArray<Problem> Problems { get; init; } = [];

    /// <summary>How often it may be done, a sentence for each limit.</summary>
    public ImmutableArray<string> Limits { get; init; } = [];

    /// <param name="MediaType">Null for an answer without a body.</param>
    /// <param name="Body">Null for one that is no JSON.</param>
    public sealed record Answer(int Status, string? MediaType, Type? Body = null);

    public static ImmutableArray<FunctionContract> All { get; } =
    [
        .. from function in HttpFunction.All
           // What answers for all that no other function does is no address of its own.
           where !function.Methods.IsEmpty
           let route = Constraint().Replace(function.Route, "")
           orderby route, function.Methods[0]
           select Of(function.Name, function.Method, function.Verbs, route),
    ];

    private static FunctionContract Of(string name, MethodInfo method, IEnumerable<string> verbs, string route)
    {
        var code = CalledCode.From(method, called => Leaves.Contains(called.DeclaringType.Name) || IsProblemGetter(called));
        var made = code.Where(part => part.HasBody).SelectMany(part => part.Body.Instructions, (part, instruction) => (Part: part, Instruction: instruction)).ToList();
        var called = made.Select(it => it.Instruction.Operand).OfType<MethodReference>().ToList();
        var answers = made.SelectMany(it => AnswersOf(it.Part, it.Instruction, code)).Distinct().ToList();
        return new()
        {
            Name = name,
            Method = method,
            Access = Access.Of(method),
            Verbs = [.. verbs],
            Route = route,
            Body = called.OfType<GenericInstanceMethod>().Where(call => call.Name == nameof(Functions.Platform.Http.Body.ReadJsonAsync)).Select(call => CalledCode.Loaded(call.GenericArguments[0])).Distinct().SingleOrDefault(),
            TakesForm = called.Any(call => call.DeclaringType.Name == nameof(FormFields)),
            Query = [.. QueryOf(made.Select(it => it.Instruction), called).Distinct().Order(StringComparer.Ordinal)],
            Headers = [.. HeadersOf(called)],
            HasTag = called.Any(call => call.Name is "set_ETag" or Tagged && Leaves.Contains(call.DeclaringType.GetElementType().Name)),
            Answers = [.. answers.OrderBy(answer => answer.Status).ThenBy(answer => answer.Body?.FullName, StringComparer.Ordinal)],
            Problems = [.. made.SelectMany(it => ProblemsOf(it.Instruction)).DistinctBy(problem => (problem.Type, problem.Title)).OrderBy(problem => problem.Status).ThenBy(problem => problem.Type, StringComparer.Ordinal).ThenBy(problem => problem.Title, StringComparer.Ordinal)],
            Limits = [.. made.Select(it => StatedLimits.Of(it.Instruction)).OfType<string>().Distinct().Order(StringComparer.Ordinal)],
        };
    }

    private static IEnumerable<Answer> AnswersOf(MethodDefinition part, Instruction instruction, IReadOnlyList<MethodDefinition> code)
    {
        // A page that is always the same is made once, where its field begins.
        if (instruction.Operand is FieldReference { FieldType.Name: nameof(HtmlPage) } field && field.Resolve() is { IsStatic: true } fixedPage && CalledCode.Loaded(fixedPage).GetValue(null) is HtmlPage page)
            return [new(page.Status, "text/html")];
        if (instruction.Operand is not MethodReference made) return [];
        if (made.DeclaringType.Name is nameof(Results) or nameof(TypedResults))
        {
            return made.Name switch
            {
                nameof(Results.NoContent) => [new(204, null)],
                nameof(Results.Ok) => [new(200, null)],
                nameof(TypedResults.ServerSentEvents) => [new(200, "text/event-stream")],
                _ => throw new NotSupportedException($"What {made.Name} answers is not known here."),
            };
        }

        if (made.Name == Tagged && made.DeclaringType is GenericInstanceType { Name: "JsonResult`1" } tagged)
            return [new(200, "application/json", CalledCode.Loaded(tagged.GenericArguments[0]))];
        if (instruction.OpCode.Code != Code.Newobj || CalledCode.Own(made) is not { } constructor || !IsResult(constructor.DeclaringType)) return [];
        return constructor.DeclaringType.Name switch
        {
            nameof(Problem) => [],
            "JsonResult`1" when ((GenericInstanceType)made.DeclaringType).GenericArguments[0] is var body =>
                StatusesOf(part, instruction, code).Select(status => new Answer(status, "application/json", CalledCode.Loaded(body))),
            nameof(HtmlPage) => StatusesOf(part, instruction, code).Select(status => new Answer(status, "text/html")),
            "Download" => [new(200, "application/zip")],
            "ApiPage" => [new(200, "text/html")],
            "ApiScript" => [new(200, "text/javascript")],
            "AccountsCsv" => [new(200, "text/csv")],
            "PdfResult" => [new(200, "application/pdf")],
            _ => throw new NotSupportedException($"What {constructor.DeclaringType.Name} answers is not known here."),
        };
    }

    /// <summary>The status is what a result is given last: a number, one of two, or what the method around it was given.</summary>
    private static IEnumerable<int> StatusesOf(MethodDefinition part, Instruction made, IReadOnlyList<MethodDefinition> code)
    {
        var given = NumbersBefore(made).ToList();
        if (given.Count > 0) return given;
        var handedOn = from caller in code
                       where caller.HasBody
                       from call in caller.Body.Instructions
                       where call.Operand is MethodReference called && CalledCode.Own(called) is { } own && (own == part || IsMachineOf(part, own))
                       from number in NumbersBefore(call).DefaultIfEmpty(200)
                       select number;
        return handedOn.DefaultIfEmpty(200).Distinct();
    }

    private static bool IsMachineOf(MethodDefinition step, MethodDefinition method) =>
        step.Name == "MoveNext" && step.DeclaringType.Name.StartsWith($"<{method.Name}>", StringComparison.Ordinal) && step.DeclaringType.DeclaringType == method.DeclaringType;

    private static IEnumerable<int> NumbersBefore(Instruction call)
    {
        var instruction = call.Previous;
        for (var steps = 0; instruction is not null && steps < 12 && instruction.OpCode.FlowControl is not (FlowControl.Call or FlowControl.Return or FlowControl.Throw); steps++)
        {
            if (CalledCode.Number(instruction) is { } number && Statuses.Contains(number)) yield return number;
            instruction = instruction.Previous;
        }
    }

    private static IEnumerable<Problem> ProblemsOf(Instruction instruction) => instruction switch
    {
        { Operand: FieldReference field } when field.FieldType.Name == nameof(Problem) && field.Resolve() is { IsStatic: true } own && CalledCode.Loaded(own).GetValue(null) is Problem problem => [problem],
        { Operand: MethodReference getter } when CalledCode.Own(getter) is { } own && IsProblemGetter(own) => [(Problem)CalledCode.Loaded(own).Invoke(null, null)!],
        { Operand: MethodReference { Name: nameof(Problem.Invalid), DeclaringType.Name: nameof(Problem) } } => [Problem.Invalid(new Dictionary<string, string[]>())],
        { Operand: MethodReference { Name: nameof(Problem.BadRequest), DeclaringType.Name: nameof(Problem) } } when TextBefore(instruction) is { } said => [Problem.BadRequest(said.Type, said.Title)],
        { OpCode.Code: Code.Newobj, Operand: MethodReference { DeclaringType.Name: nameof(Problem) } } when TextBefore(instruction) is { Status: { } status } said => [new(status, said.Type, said.Title)],
        _ => [],
    };

    private static bool IsProblemGetter(MethodDefinition method) => method is { IsStatic: true, IsGetter: true } && method.ReturnType.Name == nameof(Problem);

    /// <returns>What a problem is made of, where that stands in the code: a status, a type, a title.</returns>
    private static (int? Status, string Type, string Title)? TextBefore(Instruction made)
    {
        var instruction = made.Previous;
        string? title = null;
        for (var steps = 0; instruction is not null && steps < 12; steps++, instruction = instruction.Previous)
        {
            if (instruction.Operand is not string text) continue;
            if (title is not null && ProblemType().IsMatch(text)) return (CalledCode.Number(instruction.Previous), text, title);
            title ??= text;
        }

        return null;
    }

    private static IEnumerable<string> QueryOf(IEnumerable<Instruction> instructions, List<MethodReference> called)
    {
        if (called.Any(call => call.DeclaringType.Name == nameof(Page) && call.Name == nameof(Page.Of))) foreach (var name in (string[])["continuation", "limit"]) yield return name;
        foreach (var instruction in instructions.Where(it => it.Operand is MethodReference { DeclaringType.Name: nameof(IQueryCollection) }))
        {
            for (var before = instruction.Previous; before is not null; before = before.Previous)
            {
                if (before.Operand is MethodReference { Name: "get_Query" }) break;
                if (before.Operand is string name) yield return name;
            }
        }
    }

    private static IEnumerable<string> HeadersOf(List<MethodReference> called)
    {
        if (called.Any(call => call.DeclaringType.Name == nameof(IdempotencyKey) && call.Name == nameof(IdempotencyKey.Of))) yield return "Idempotency-Key";
        if (called.Any(call => call.Name == "get_IfMatch")) yield return "If-Match";
        if (called.Any(call => call.Name == "get_IfNoneMatch")) yield return "If-None-Match";
    }

    private static bool IsResult(TypeDefinition type) => type.Interfaces.Any(one => one.InterfaceType.Name == nameof(IResult));

    [GeneratedRegex("[:?][^}]*(?=})")]
    private static partial Regex Constraint();

    [GeneratedRegex("^[a-z]+(-[a-z0-9]+)*$")]
    private static partial Regex ProblemType();
}
