using Shop.Local;
using Shop.Local.Commands;

// The one command for one machine. Commands and options are in README.md, and in `-- help`.
try
{
    var arguments = Arguments.Parse(args);
    return arguments.Command switch
    {
        "serve" or "sandboxes" => await ServeCommand.RunAsync(arguments),
        "token" => await TokenCommand.RunAsync(arguments),
        "demo" => await DemoCommand.RunAsync(arguments),
        "storm" => await StormCommand.RunAsync(arguments),
        _ => Arguments.PrintHelp(),
    };
}
catch (LocalSetupException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
