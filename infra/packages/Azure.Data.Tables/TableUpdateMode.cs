namespace Azure.Data.Tables;

public enum TableUpdateMode
{
    /// <summary>Properties that are not sent keep their stored values.</summary>
    Merge = 0,

    /// <summary>Properties that are not sent are dropped.</summary>
    Replace = 1,
}
