using System.Reflection;

namespace Net.Api.Daemons;

/// <summary>The version of this build of netctl.</summary>
public static class ProductVersion
{
    private const int ShortCommit = 7; // as many digits as git(1) and Docker show

    private static readonly string[] Parts = typeof(ProductVersion).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+');

    /// <summary>The version's number, such as <c>0.1.0</c>.</summary>
    public static string Number => Parts[0];

    /// <summary>The commit that it was built from, 40 hexadecimal digits; empty where the sources were not in a clone.</summary>
    public static string Commit => Parts.Length > 1 ? Parts[1] : "";

    /// <summary>Number and commit on one line: <c>0.1.0, build 0123456</c>.</summary>
    public static string Line => Commit.Length == 0 ? Number : $"{Number}, build {Commit[..Math.Min(ShortCommit, Commit.Length)]}";
}
