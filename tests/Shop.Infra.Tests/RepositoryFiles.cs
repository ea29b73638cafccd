namespace Shop.Infra.Tests;

/// <summary>The files of this repository, found from wherever the tests run.</summary>
internal static class RepositoryFiles
{
    public static string Root { get; } = FindRoot();

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    public static string Read(string relative) => File.ReadAllText(PathOf(relative));

    /// <returns>Every file under the folder, by its path from the root with forward slashes.</returns>
    public static IReadOnlyList<string> Under(string folder) =>
    [
        .. Directory.EnumerateFiles(PathOf(folder), "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "azure.yaml"))) return folder.FullName;
        }

        throw new InvalidOperationException($"No azure.yaml in any folder above {AppContext.BaseDirectory}.");
    }
}
