using System.Globalization;

namespace Shop.Local.Commands;

/// <summary>The command line: a command and its options.</summary>
public sealed record Arguments
{
    private const string Help = """
        dotnet run --project infra/local                    the shop, until Ctrl+C
        dotnet run --project infra/local -- sandboxes       everything but the app, for `func start`
        dotnet run --project infra/local -- token --as ada@example.com [--role Shop.Finance] [--name "Ada Lovelace"]
                                                            a bearer token from the running shop, and nothing else
        dotnet run --project infra/local -- demo [paypal]   a shop of its own: account, order, payment (by card, or by PayPal), tracking
        dotnet run --project infra/local -- demo privacy    a shop of its own: a copy, a purge a year later, an erasure, a breach
        dotnet run --project infra/local -- storm [--orders 200 | --minutes N] [--seed N] [--kills 5] [--faults 1]
                                                            a shop of its own, which is killed on the way while the providers
                                                            misbehave; kills of the app alone, restarts of storage, outages of a
                                                            provider and moves of the clock, each so many times (--faults); then
                                                            every order against the providers' books

          --port-base N   moves all ports: API N, sign-in N+1, Stripe N+2, PayPal N+3, mail N+4 and N+5, newsletter N+6, carrier N+7, storage N+10 to N+12
                          (default: the API at 7071; demo and storm take free ones, beside a running shop)
          --data DIR      where data is kept (default: .local; demo and storm keep none)
          --fresh         clears the data first
          --until-input-ends
                          ends when standard input does, so that it does not outlive the program that started it
          --settings FILE settings to start with (default: local.settings.json, else local.settings.sample.json)
        """;

    public string Command { get; private init; } = "serve";

    /// <summary>The word after <c>demo</c>: <c>stripe</c>, <c>paypal</c> or <c>privacy</c>.</summary>
    public string Walk { get; private init; } = "stripe";

    public int? PortBase { get; private init; }

    public string? Data { get; private init; }

    public bool Fresh { get; private init; }

    public bool UntilInputEnds { get; private init; }

    public string? SettingsFile { get; private init; }

    public string? As { get; private init; }

    public string? Name { get; private init; }

    public IReadOnlyList<string> Roles { get; private init; } = [];

    public int? Orders { get; private init; }

    public int? Minutes { get; private init; }

    public int? Seed { get; private init; }

    public int? Kills { get; private init; }

    public int? Faults { get; private init; }

    public LocalPorts Ports => PortBase is { } first ? LocalPorts.From(first) : LocalPorts.Default;

    /// <summary>Where data is kept; relative to where the command is run.</summary>
    public string DataDirectory => Path.GetFullPath(Data ?? Path.Combine(LocalSettings.RepositoryRoot, ".local"));

    /// <exception cref="LocalSetupException">The line cannot be understood; the message says which part.</exception>
    public static Arguments Parse(IReadOnlyList<string> line)
    {
        var parsed = new Arguments();
        var rest = new Queue<string>(line);
        if (rest.TryPeek(out var first) && !first.StartsWith('-')) parsed = parsed with { Command = Known(rest.Dequeue()) };
        if (parsed.Command == "demo" && rest.TryPeek(out var walk) && !walk.StartsWith('-')) parsed = parsed with { Walk = KnownWalk(rest.Dequeue()) };
        while (rest.TryDequeue(out var option))
        {
            parsed = option switch
            {
                "--port-base" => parsed with { PortBase = Port(Value(option, rest)) },
                "--data" => parsed with { Data = Value(option, rest) },
                "--fresh" => parsed with { Fresh = true },
                "--until-input-ends" => parsed with { UntilInputEnds = true },
                "--settings" => parsed with { SettingsFile = Path.GetFullPath(Value(option, rest)) },
                "--as" => parsed with { As = Value(option, rest) },
                "--name" => parsed with { Name = Value(option, rest) },
                "--role" => parsed with { Roles = [.. parsed.Roles, Value(option, rest)] },
                "--orders" => parsed with { Orders = Number(option, Value(option, rest), least: 1) },
                "--minutes" => parsed with { Minutes = Number(option, Value(option, rest), least: 1) },
                "--seed" => parsed with { Seed = Number(option, Value(option, rest), least: 0) },
                "--kills" => parsed with { Kills = Number(option, Value(option, rest), least: 0) },
                "--faults" => parsed with { Faults = Number(option, Value(option, rest), least: 0) },
                "--help" or "-h" => parsed with { Command = "help" },
                _ => throw new LocalSetupException($"There is no option {option}. `-- help` lists them."),
            };
        }

        return parsed is { Orders: not null, Minutes: not null } ? throw new LocalSetupException("A storm goes on for so many --orders or for so many --minutes, not both.") : parsed;
    }

    public static int PrintHelp()
    {
        Console.WriteLine(Help);
        return 0;
    }

    private static string Known(string command) => command is "serve" or "sandboxes" or "token" or "demo" or "storm" or "help"
        ? command
        : throw new LocalSetupException($"There is no command {command}. `-- help` lists them.");

    private static string KnownWalk(string walk) => walk is "stripe" or "paypal" or "privacy"
        ? walk
        : throw new LocalSetupException($"There is no demo of {walk}. `-- help` lists them.");

    private static string Value(string option, Queue<string> rest) =>
        rest.TryDequeue(out var value) ? value : throw new LocalSetupException($"{option} needs a value after it.");

    private static int Number(string option, string text, int least) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least
            ? number
            : throw new LocalSetupException($"{option} {text} is not a number from {least}.");

    private static int Port(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= 65_523
            ? port
            : throw new LocalSetupException($"--port-base {text} is not a port between 1 and 65523.");
}
