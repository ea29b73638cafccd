namespace Shop.Local.Tests;

/// <summary>The folder Node beside this source, with what its lock file pins.</summary>
internal static class NodeFolder
{
    private static readonly string Folder = Path.Combine(LocalSettings.RepositoryRoot, "tests/Shop.Local.Tests/Node");

    /// <returns>Where it is, once npm has installed it there.</returns>
    public static async Task<string> InstalledAsync()
    {
        await new NodePackages(Folder, "the tests' programs", "a moment", static _ => { }, TimeProvider.System).EnsureAsync(TestContext.Current.CancellationToken);
        return Folder;
    }
}
