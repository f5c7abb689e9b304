using System.Text;
using Net.Labs.Yaml;

namespace Net.Labs.Compose.Reading;

/// <summary>Reads a file of variables such as <c>.env</c>: lines <c>KEY=VALUE</c>, with <c>export</c> before them or not; a value may be in
/// single quotation marks, which keep it as it is, or in double ones, with <c>\n</c>; <c>#</c> begins a comment.</summary>
/// <remarks>Source: Compose specification, "env_file".</remarks>
internal static class VariableFile
{
    private const string Export = "export ";

    /// <summary>Reads the lines of a file.</summary>
    /// <param name="file">The file's name, for messages.</param>
    /// <param name="text">Its text.</param>
    /// <param name="variables">Gives the values of variables in values, and of a key without an equals sign.</param>
    /// <param name="warnings">Takes a sentence for each variable that is not set.</param>
    /// <param name="isRaw">Whether everything behind the first equals sign belongs to the value as it is.</param>
    /// <exception cref="FileFaultException">A line is no assignment.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(
        string file, string text, Variables variables, ICollection<string> warnings, bool isRaw = false)
    {
        var known = new Variables(name => variables[name]); // and the lines before
        var interpolation = new Interpolation(known, warnings);
        var lines = new List<KeyValuePair<string, string>>();
        string[] all = text.TrimStart('\uFEFF').Split('\n');
        for (int i = 0; i < all.Length; i++)
        {
            string line = all[i].Trim();
            line = line.StartsWith(Export, StringComparison.Ordinal) ? line[Export.Length..].TrimStart() : line;
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var place = new Place(file, i + 1);
            int equals = line.IndexOf('=', StringComparison.Ordinal);
            string key = (equals < 0 ? line : line[..equals]).TrimEnd();
            if (key.Length == 0 || key.Any(char.IsWhiteSpace))
            {
                throw new FileFaultException(place, $"this is no variable: {line}: write KEY=VALUE");
            }

            string? value = equals < 0 ? variables[key]
                : isRaw ? line[(equals + 1)..]
                : ValueOf(place, line[(equals + 1)..].Trim(), interpolation);
            if (value is not null)
            {
                lines.Add(KeyValuePair.Create(key, value));
                known.Add([lines[^1]]);
            }
        }

        return lines;
    }

    private static string ValueOf(Place place, string text, Interpolation interpolation)
    {
        if (text.Length > 0 && text[0] is '\'' or '"')
        {
            int end = ClosingQuote(text);
            if (end < 0)
            {
                throw new FileFaultException(place, $"a quotation mark is not closed in {text}: close it on the same line");
            }

            string inside = text[1..end];
            return text[0] == '\'' ? inside : Interpolated(place, Unescaped(inside), interpolation);
        }

        int comment = text.IndexOf(" #", StringComparison.Ordinal);
        return Interpolated(place, (comment < 0 ? text : text[..comment]).TrimEnd(), interpolation);
    }

    private static int ClosingQuote(string text)
    {
        for (int i = 1; i < text.Length; i++)
        {
            if (text[i] == text[0])
            {
                return i;
            }

            i += text[0] == '"' && text[i] == '\\' ? 1 : 0;
        }

        return -1;
    }

    private static string Unescaped(string text)
    {
        var result = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            result.Append(text[i] == '\\' && i + 1 < text.Length
                ? text[++i] switch { 'n' => "\n", 't' => "\t", 'r' => "\r", '"' => "\"", '\\' => "\\", '$' => "$$", { } c => $"\\{c}" }
                : text[i].ToString());
        }

        return result.ToString();
    }

    private static string Interpolated(Place place, string text, Interpolation interpolation) =>
        ((Scalar)interpolation.Apply(new Scalar(place, text, IsPlain: true))).Text;
}
