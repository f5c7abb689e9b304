using System.Text;
using Net.Labs.Yaml;

namespace Net.Labs.Compose.Reading;

/// <summary>Splits a command that is written as one text, as a shell splits words: blanks separate, single and double quotation marks hold
/// together, a backslash takes the next character as it is. Nothing else of a shell's language has a meaning.</summary>
/// <remarks>Source: Compose specification, "command"; POSIX shell command language, 2.2.</remarks>
internal static class ShellWords
{
    private const string EscapedInDoubleQuotes = "\"\\$`";

    /// <summary>Splits a text.</summary>
    /// <exception cref="FileFaultException">A quotation mark is not closed.</exception>
    public static IReadOnlyList<string> Split(Scalar scalar, string path)
    {
        var words = new List<string>();
        StringBuilder? word = null;
        string text = scalar.Text;
        for (int i = 0; i < text.Length; i++)
        {
            char letter = text[i];
            if (char.IsWhiteSpace(letter))
            {
                Add(words, ref word);
            }
            else if (letter is '"' or '\'')
            {
                word ??= new StringBuilder();
                i = Quoted(text, i, word) ?? throw new FileFaultException(
                    scalar.Place, $"{path}: a quotation mark is not closed in {text}: close it, or write the command as a list");
            }
            else
            {
                word ??= new StringBuilder();
                word.Append(letter == '\\' && i + 1 < text.Length ? text[++i] : letter);
            }
        }

        Add(words, ref word);
        return words;
    }

    // Appends what stands between two quotation marks; the answer is the place of the second.
    private static int? Quoted(string text, int start, StringBuilder word)
    {
        for (int i = start + 1; i < text.Length; i++)
        {
            if (text[i] == text[start])
            {
                return i;
            }

            bool escapes = text[start] == '"' && text[i] == '\\' && i + 1 < text.Length
                && EscapedInDoubleQuotes.Contains(text[i + 1], StringComparison.Ordinal);
            word.Append(escapes ? text[++i] : text[i]);
        }

        return null;
    }

    private static void Add(List<string> words, ref StringBuilder? word)
    {
        if (word is not null)
        {
            words.Add(word.ToString());
            word = null;
        }
    }
}
