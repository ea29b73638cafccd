using System.Runtime.CompilerServices;

namespace Shop.Functions.Tests.Architecture;

/// <summary>The repository's files, found from where this one was compiled.</summary>
internal static class SourceTree
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(FolderOfThisFile(), "../../.."));

    /// <summary>The slices: the folders directly under functions/.</summary>
    public static IReadOnlyList<string> Slices { get; } =
    [
        .. Directory.GetDirectories(Path.Combine(Root, "functions")).Select(folder => Path.GetFileName(folder)!)
            .Where(name => name is not ("bin" or "obj")).Order(StringComparer.Ordinal),
    ];

    /// <returns>Every source file under the folder by its path from the root, with its lines.</returns>
    public static IEnumerable<(string Path, string[] Lines)> Files(string folder, string pattern = "*.cs") =>
        from file in Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
        let path = System.IO.Path.GetRelativePath(Root, file).Replace('\\', '/')
        where !path.Split('/').Any(part => part is "bin" or "obj")
        select (path, File.ReadAllLines(file));

    private static string FolderOfThisFile([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
