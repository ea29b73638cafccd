using Shop.Infra.Tests.Bicep;

namespace Shop.Infra.Tests.Azure;

/// <summary>What a Bicep compiler would say first. The compiler itself is no package of any registry that builds this.</summary>
public sealed class BicepSyntaxTests
{
    public static TheoryData<string> Files => [.. BicepFile.OpenAll().Select(file => file.Path)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_name_that_is_used_is_declared(string path) =>
        BicepNames.Unknown(BicepFile.Open(path)).Select(token => $"line {token.Line}: {token.Text}").ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_name_is_declared_once(string path) =>
        BicepFile.Open(path).All.Where(declaration => declaration.Kind != "output").Select(declaration => declaration.Name).ShouldBeUnique();

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_parameter_and_variable_is_used(string path)
    {
        var file = BicepFile.Open(path);
        var used = file.All.SelectMany(declaration => BicepNames.Used(declaration.Body)).Select(token => token.Text).ToHashSet(StringComparer.Ordinal);
        file.All.Where(declaration => declaration.Kind is "param" or "var").Select(declaration => declaration.Name).Except(used).ShouldBeEmpty();
    }

    [Fact]
    public void Every_module_exists_and_is_given_exactly_the_parameters_it_has()
    {
        var main = BicepFile.Main;
        main.Modules.ShouldNotBeEmpty();
        foreach (var module in main.Modules)
        {
            var file = BicepFile.Open($"infra/azure/{module.TypeText}");
            // Modules have no defaults of their own: main.bicep is the one place that chooses.
            Keys(module.Property("params")!).ShouldBe(file.Parameters.Select(parameter => parameter.Name), ignoreOrder: true, customMessage: module.Name);
            file.Parameters.Where(parameter => parameter.Body.Count > 0).Select(parameter => parameter.Name).ShouldBeEmpty(module.Name);
        }
    }

    [Fact]
    public void Every_module_file_is_used()
    {
        var used = BicepFile.Main.Modules.Select(module => $"infra/azure/{module.TypeText}");
        RepositoryFiles.Under("infra/azure/modules").ShouldBe(used, ignoreOrder: true);
    }

    [Fact]
    public void Every_output_of_a_module_that_is_read_exists()
    {
        var main = BicepFile.Main;
        var read = main.All.SelectMany(declaration => OutputsRead(declaration.Body)).ToArray();
        read.ShouldNotBeEmpty();
        foreach (var (module, output) in read)
        {
            var file = BicepFile.Open($"infra/azure/{main.Get("module", module).TypeText}");
            file.Of("output").Select(declaration => declaration.Name).ShouldContain(output, $"{module}.outputs.{output}");
        }
    }

    [Fact]
    public void The_parameters_file_gives_what_has_no_default_and_nothing_that_main_does_not_ask_for()
    {
        var asked = BicepFile.Main.Parameters.ToArray();
        var given = BicepFile.Open("infra/azure/main.bicepparam").Parameters.ToArray();
        var names = given.Select(parameter => parameter.Name).ToArray();
        names.Except(asked.Select(parameter => parameter.Name)).ShouldBeEmpty();
        asked.Where(parameter => parameter.Body.Count == 0).Select(parameter => parameter.Name).Except(names).ShouldBeEmpty();
        given.Where(parameter => !parameter.Body.Any(token => token.Is("readEnvironmentVariable"))).Select(parameter => parameter.Name)
            .ShouldBeEmpty("every value comes from the environment");
    }

    [Theory]
    [InlineData("var a = 'x")]
    [InlineData("var a = [1, 2")]
    [InlineData("var a = '${b'")]
    [InlineData("var a = (1]")]
    [InlineData("var a = '''x")]
    public void What_is_not_Bicep_is_not_taken_for_it(string source) => Should.Throw<FormatException>(() => BicepLexer.Cut(source));

    private static IEnumerable<string> Keys(IReadOnlyList<BicepToken> value)
    {
        var depth = 0;
        for (var i = 0; i < value.Count; i++)
        {
            if (value[i].Kind == BicepTokenKind.Mark && value[i].Text is "{" or "[" or "(") depth++;
            if (value[i].Kind == BicepTokenKind.Mark && value[i].Text is "}" or "]" or ")") depth--;
            if (depth == 1 && value[i].Kind == BicepTokenKind.Word && value[i - 1].Kind == BicepTokenKind.NewLine) yield return value[i].Text;
        }
    }

    private static IEnumerable<(string Module, string Output)> OutputsRead(IReadOnlyList<BicepToken> tokens)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            foreach (var inner in tokens[i].Holes.SelectMany(OutputsRead)) yield return inner;
            if (tokens[i].Is("outputs") && i >= 2 && i + 2 < tokens.Count) yield return (tokens[i - 2].Text, tokens[i + 2].Text);
        }
    }
}
