using System.Text;

namespace Net.Cli.Templates;

internal enum TokenKind
{
    /// <summary>Text outside actions.</summary>
    Text,

    /// <summary>{{</summary>
    Open,

    /// <summary>}}</summary>
    Close,

    /// <summary>A field: <c>.Name</c>. Directly after an operand it is a field of that operand.</summary>
    Field,

    /// <summary>A dot without a name.</summary>
    Dot,

    /// <summary>$ or $name.</summary>
    Variable,

    /// <summary>A function or keyword.</summary>
    Word,

    /// <summary>A quoted text, unquoted.</summary>
    Quoted,

    /// <summary>An integer.</summary>
    Number,

    /// <summary>One of | ( ) , := =</summary>
    Symbol,

    /// <summary>The end of the template.</summary>
    End,
}

/// <summary>One token of a template.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Text">Its text: the name of a field without the dot, a quoted text without the quotes.</param>
/// <param name="Position">The index of its first character in the template.</param>
/// <param name="Spaced">Whether white space precedes it.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Position, bool Spaced);

/// <summary>Splits a template into tokens. Source of the rules: the documentation of Go's text/template.</summary>
internal sealed class TemplateLexer
{
    private readonly string _text;
    private readonly List<Token> _tokens = [];
    private int _at;

    private TemplateLexer(string text) => _text = text;

    public static List<Token> Tokenize(string text)
    {
        var lexer = new TemplateLexer(text);
        lexer.Run();
        return lexer._tokens;
    }

    private void Run()
    {
        bool trimNext = false;
        while (_at < _text.Length)
        {
            int open = _text.IndexOf("{{", _at, StringComparison.Ordinal);
            string plain = open < 0 ? _text[_at..] : _text[_at..open];
            plain = trimNext ? plain.TrimStart() : plain;
            bool trimBefore = open >= 0 && IsTrimMarker(open + 2, open + 3);
            plain = trimBefore ? plain.TrimEnd() : plain;
            if (plain.Length > 0)
            {
                _tokens.Add(new Token(TokenKind.Text, plain, _at, false));
            }

            if (open < 0)
            {
                break;
            }

            _at = open + (trimBefore ? 3 : 2);
            trimNext = Action(open);
        }

        _tokens.Add(new Token(TokenKind.End, "", _text.Length, false));
    }

    // Trim markers are "{{- " and " -}}" with the space; without it, {{-3}} is a number.
    private bool IsTrimMarker(int dash, int space) =>
        space < _text.Length && _text[dash] == '-' && char.IsWhiteSpace(_text[space]);

    /// <summary>Reads one action and its closing braces.</summary>
    /// <returns>Whether the leading white space of the text after it is trimmed.</returns>
    private bool Action(int open)
    {
        int afterSpace = SkipSpace();
        if (_text.AsSpan(_at).StartsWith("/*", StringComparison.Ordinal))
        {
            int end = _text.IndexOf("*/", _at, StringComparison.Ordinal);
            _at = end < 0 ? throw Unclosed(open) : end + 2;
            afterSpace = SkipSpace();
        }
        else
        {
            _tokens.Add(new Token(TokenKind.Open, "{{", open, false));
        }

        bool comment = _tokens.Count == 0 || _tokens[^1].Kind is TokenKind.Text or TokenKind.Close;
        while (true)
        {
            int spaces = afterSpace;
            if (_at >= _text.Length)
            {
                throw Unclosed(open);
            }

            bool trim = spaces > 0 && _text.AsSpan(_at).StartsWith("-}}", StringComparison.Ordinal);
            if (trim || _text.AsSpan(_at).StartsWith("}}", StringComparison.Ordinal))
            {
                if (!comment)
                {
                    _tokens.Add(new Token(TokenKind.Close, "}}", _at, false));
                }

                _at += trim ? 3 : 2;
                return trim;
            }

            Element(spaces > 0);
            afterSpace = SkipSpace();
        }
    }

    private int SkipSpace()
    {
        int start = _at;
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }

        return _at - start;
    }

    private void Element(bool spaced)
    {
        int start = _at;
        char c = _text[_at];
        switch (c)
        {
            case '.':
                _at++;
                string field = Word();
                _tokens.Add(new Token(field.Length > 0 ? TokenKind.Field : TokenKind.Dot, field, start, spaced));
                break;
            case '$':
                _at++;
                _tokens.Add(new Token(TokenKind.Variable, "$" + Word(), start, spaced));
                break;
            case '"' or '`':
                _tokens.Add(new Token(TokenKind.Quoted, Quoted(c), start, spaced));
                break;
            case '|' or '(' or ')' or ',' or '=':
                _at++;
                _tokens.Add(new Token(TokenKind.Symbol, c.ToString(), start, spaced));
                break;
            case ':' when _at + 1 < _text.Length && _text[_at + 1] == '=':
                _at += 2;
                _tokens.Add(new Token(TokenKind.Symbol, ":=", start, spaced));
                break;
            case '-' or (>= '0' and <= '9'):
                _at++;
                Word();
                _tokens.Add(new Token(TokenKind.Number, _text[start.._at], start, spaced));
                break;
            default:
                string word = Word();
                if (word.Length == 0)
                {
                    throw new TemplateException($"template: unexpected \"{c}\" at position {start + 1}");
                }

                _tokens.Add(new Token(TokenKind.Word, word, start, spaced));
                break;
        }
    }

    private string Word()
    {
        int start = _at;
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] == '_'))
        {
            _at++;
        }

        return _text[start.._at];
    }

    private string Quoted(char quote)
    {
        int start = _at++;
        var value = new StringBuilder();
        while (_at < _text.Length && _text[_at] != quote)
        {
            char c = _text[_at++];
            value.Append(quote == '"' && c == '\\' && _at < _text.Length ? Unescape(_text[_at++]) : c);
        }

        _at++;
        return _at <= _text.Length
            ? value.ToString()
            : throw new TemplateException($"template: the quote at position {start + 1} is not closed");
    }

    private static char Unescape(char c) => c switch
    {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        _ => c,
    };

    private static TemplateException Unclosed(int open) => new($"template: the action at position {open + 1} is not closed with }}}}");
}
