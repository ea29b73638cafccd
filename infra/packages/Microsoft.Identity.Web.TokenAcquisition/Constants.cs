namespace Microsoft.Identity.Web;

/// <summary>Names that apps need for their configuration.</summary>
public static class Constants
{
    /// <summary>The scheme of the <c>Authorization</c> header.</summary>
    public const string Bearer = "Bearer";

    /// <summary>The section of the settings that is read unless another is named.</summary>
    public const string AzureAd = "AzureAd";

    public const string AzureAdB2C = "AzureAdB2C";
}
