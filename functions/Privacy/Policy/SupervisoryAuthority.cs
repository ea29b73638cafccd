namespace Shop.Functions.Privacy.Policy;

/// <summary>To whom people may complain of a British company: the published policy and every copy say so.</summary>
public static class SupervisoryAuthority
{
    public const string Name = "Information Commissioner's Office (ICO)";
    public const string Address = "Wycliffe House, Water Lane, Wilmslow, Cheshire SK9 5AF";
    public const string Telephone = "0303 123 1113";

    /// <summary>The page for complaints, as it is said and typed.</summary>
    public const string Page = "ico.org.uk/make-a-complaint";
}
