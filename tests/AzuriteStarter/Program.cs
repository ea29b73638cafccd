using Shop.Local;
using Shop.Local.Storage;

// Arguments: the data folder and, where it is not the source's own, the folder to install Azurite in.
// Answers "ready <connection string>" or "failed <message>", after any progress; ends when standard input does.
var options = new AzuriteOptions { DataDirectory = args[0], Progress = line => Console.WriteLine($"progress {line}") };
if (args.Length > 1) options = options with { InstallationFolder = args[1] };
try
{
    await using var azurite = await Azurite.StartAsync(options, CancellationToken.None);
    Console.WriteLine($"ready {azurite.ConnectionString}");
    await Console.In.ReadToEndAsync();
    return 0;
}
catch (LocalSetupException e)
{
    Console.WriteLine($"failed {e.Message}");
    return 1;
}
