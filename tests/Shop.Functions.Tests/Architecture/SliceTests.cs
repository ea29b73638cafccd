using System.Text.RegularExpressions;

namespace Shop.Functions.Tests.Architecture;

/// <summary>Slices depend on each other in one direction, and the tests lie where the code does.</summary>
public sealed partial class SliceTests
{
    /// <summary>What each slice may use besides itself and the platform. A cycle cannot be written down here, for the order is the direction.</summary>
    private static readonly (string Slice, string[] Uses)[] Directions =
    [
        ("Platform", []),
        ("Accounts", []),
        ("Catalogue", ["Accounts"]),
        ("Orders", ["Accounts", "Catalogue"]),
        ("Carriers", ["Orders"]),
        ("Payments", ["Orders", "Accounts", "Catalogue"]),
        ("Tracking", ["Carriers", "Orders", "Accounts", "Catalogue"]),
        ("Privacy", ["Orders", "Accounts", "Catalogue"]),
        ("Messages", ["Privacy", "Tracking", "Orders", "Accounts"]),
        ("Contact", ["Messages", "Privacy"]),
        ("Newsletter", ["Messages", "Privacy"]),
        ("Operations", ["Newsletter", "Messages", "Payments", "Carriers", "Orders", "Accounts"]),
    ];

    /// <summary>Folders of tests that are about the whole app.</summary>
    private static readonly string[] OfWholeApp = ["Architecture", "Description", "FrontDoor", "Reliability", "Scale"];

    [Fact]
    public void Every_slice_has_a_direction_and_uses_only_what_comes_before_it()
    {
        Directions.Select(row => row.Slice).ShouldBe(SourceTree.Slices, ignoreOrder: true);
        for (var i = 0; i < Directions.Length; i++)
            Directions[i].Uses.Except(Directions[..i].Select(row => row.Slice)).ShouldBeEmpty(Directions[i].Slice);
    }

    [Fact]
    public void No_slice_uses_what_depends_on_it()
    {
        var wrong = from row in Directions
                    from file in SourceTree.Files($"functions/{row.Slice}")
                    from line in file.Lines
                    from Match used in OtherSlice().Matches(line)
                    let slice = used.Groups[1].Value
                    where slice != row.Slice && slice != "Platform" && !row.Uses.Contains(slice)
                    select $"{file.Path} uses {slice}";
        wrong.Distinct().ShouldBeEmpty();
    }

    [Fact]
    public void The_app_is_put_together_slice_by_slice_in_their_own_folders()
    {
        var registering = SourceTree.Files("functions").Where(file => file.Path.EndsWith("Services.cs", StringComparison.Ordinal)).Select(file => file.Path);
        registering.ShouldContain("functions/Accounts/AccountsServices.cs");
        registering.ShouldContain("functions/Privacy/PrivacyServices.cs");
    }

    [Fact]
    public void A_namespace_is_the_path_of_its_file()
    {
        var wrong = from file in SourceTree.Files("functions")
                    let declared = file.Lines.FirstOrDefault(line => line.StartsWith("namespace ", StringComparison.Ordinal))
                    let expected = "namespace Shop.Functions" + string.Concat(file.Path.Split('/')[1..^1].Select(part => "." + part)) + ";"
                    where declared is not null && declared != expected
                    select file.Path;
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void The_path_of_a_test_is_the_path_of_the_code()
    {
        var folders = SourceTree.Files("functions").Select(file => Folder(file.Path, "functions/")).ToHashSet();
        SourceTree.Files("tests/Shop.Functions.Tests").Select(file => Folder(file.Path, "tests/Shop.Functions.Tests/")).Distinct()
            .Where(folder => folder.Length > 0 && !OfWholeApp.Contains(folder.Split('/')[0]) && !folders.Contains(folder)).ShouldBeEmpty();
    }

    private static string Folder(string path, string root) => Path.GetDirectoryName(path[root.Length..])!.Replace('\\', '/');

    [GeneratedRegex(@"Shop\.Functions\.(\w+)")]
    private static partial Regex OtherSlice();
}
