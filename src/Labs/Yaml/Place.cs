using System.Globalization;

namespace Net.Labs.Yaml;

/// <summary>A place in a file.</summary>
/// <param name="File">The file's name as the user gave it.</param>
/// <param name="Line">The number of the line, from 1.</param>
public readonly record struct Place(string File, int Line)
{
    /// <summary>The form that editors and compilers use: <c>FILE:LINE</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}");
}
