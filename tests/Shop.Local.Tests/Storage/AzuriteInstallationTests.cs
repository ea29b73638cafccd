using Shop.Local.Storage;

namespace Shop.Local.Tests.Storage;

/// <summary>The source's own installation, made where it is missing; what the stand-in for npm lays down again.</summary>
public sealed class SourceInstallation : IAsyncLifetime
{
    public string Folder { get; } = new AzuriteOptions().InstallationFolder;

    public async ValueTask InitializeAsync()
    {
        await using var azurite = await Azurite.StartAsync(new AzuriteOptions(), TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>With a stand-in for npm that lays a finished installation down, so that no test downloads anything twice.</summary>
public sealed class AzuriteInstallationTests(SourceInstallation source) : IClassFixture<SourceInstallation>, IAsyncLifetime
{
    private readonly string _root = Directory.CreateTempSubdirectory("azurite-install-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Folder => Path.Combine(_root, "storage");

    private string Programs => Path.Combine(_root, "programs");

    private string InstallationLog => Path.Combine(_root, "installations");

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Folder);
        Directory.CreateDirectory(Programs);
        foreach (var file in Directory.EnumerateFiles(source.Folder)) File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)));
        await ProgramAsync("npm", $"echo once >> '{InstallationLog}'; rm -rf node_modules; mkdir node_modules; for m in '{source.Folder}'/node_modules/*; do ln -s \"$m\" node_modules/; done; sleep 0.3");
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_root, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_first_start_installs_with_progress_and_the_next_does_not()
    {
        var first = await AnswerOfAsync("a");
        var second = await AnswerOfAsync("b");

        first.Ready.ShouldBeTrue(first.Text);
        first.Progress.ShouldContain(line => line.StartsWith("Installing the storage emulator", StringComparison.Ordinal));
        second.Ready.ShouldBeTrue(second.Text);
        second.Progress.ShouldBeEmpty();
        Installations().ShouldBe(1);
    }

    [Fact]
    public async Task Two_first_starts_at_once_install_once()
    {
        var both = await Task.WhenAll(AnswerOfAsync("a"), AnswerOfAsync("b"));

        both.ShouldAllBe(answer => answer.Ready);
        Installations().ShouldBe(1);
    }

    [Fact]
    public async Task A_changed_lock_file_installs_again()
    {
        await AnswerOfAsync("a");
        await File.AppendAllTextAsync(Path.Combine(Folder, "package-lock.json"), "\n", Stop);
        await AnswerOfAsync("b");

        Installations().ShouldBe(2);
    }

    [Fact]
    public async Task A_broken_installation_is_repaired()
    {
        await AnswerOfAsync("a");
        File.Delete(Path.Combine(Folder, "node_modules", "azurite"));

        var repaired = await AnswerOfAsync("b");

        repaired.Ready.ShouldBeTrue(repaired.Text);
        repaired.Progress.ShouldContain(line => line.Contains("broken", StringComparison.Ordinal));
        Installations().ShouldBe(2);
    }

    [Fact]
    public async Task A_failing_npm_is_told_in_one_line()
    {
        await ProgramAsync("npm", "echo 'npm error code ENOTFOUND' >&2; exit 7");

        var answer = await AnswerOfAsync("a");

        answer.Ready.ShouldBeFalse();
        answer.Text.ShouldContain("ENOTFOUND");
        answer.Text.ShouldContain("exit code 7");
    }

    [Fact]
    public async Task A_missing_node_is_told_in_one_line()
    {
        var answer = await AnswerOfAsync("a", onlyOurPrograms: true);

        answer.Ready.ShouldBeFalse();
        answer.Text.ShouldStartWith("Node.js was not found");
    }

    [Fact]
    public async Task An_old_node_is_told_in_one_line()
    {
        await ProgramAsync("node", "echo v18.19.0");

        var answer = await AnswerOfAsync("a");

        answer.Ready.ShouldBeFalse();
        answer.Text.ShouldStartWith("Node.js v18.19.0 is too old");
    }

    private int Installations() => File.ReadAllLines(InstallationLog).Length;

    private async Task<(bool Ready, string Text, List<string> Progress)> AnswerOfAsync(string data, bool onlyOurPrograms = false)
    {
        await using var starter = StarterProcess.Start([Path.Combine(_root, data), Folder], Programs, onlyOurPrograms);
        var (ready, text) = await starter.AnswerAsync(Stop);
        return (ready, text, starter.Progress);
    }

    private async Task ProgramAsync(string name, string script)
    {
        var file = Path.Combine(Programs, name);
        await File.WriteAllTextAsync(file, $"#!/bin/sh\n{script}\n", Stop);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
