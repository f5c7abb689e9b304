using System.Globalization;

namespace Net.Cli.Templates;

/// <summary>Builds the syntax tree of a template from its tokens.</summary>
internal sealed class TemplateParser
{
    private readonly List<Token> _tokens;
    private int _at;
    private int _depth;

    private TemplateParser(List<Token> tokens) => _tokens = tokens;

    public static IReadOnlyList<TemplateNode> Parse(string text)
    {
        var parser = new TemplateParser(TemplateLexer.Tokenize(text));
        List<TemplateNode> nodes = parser.List(out string? ending);
        return ending is null ? nodes : throw new TemplateException($"template: unexpected {{{{{ending}}}}}");
    }

    private Token Current => _tokens[_at];

    private Token Take() => _tokens[_at++];

    /// <summary>Parses nodes up to {{end}}, {{else}} or the end of the text.</summary>
    private List<TemplateNode> List(out string? ending)
    {
        var nodes = new List<TemplateNode>();
        while (true)
        {
            Token token = Take();
            switch (token.Kind)
            {
                case TokenKind.Text:
                    nodes.Add(new TextNode(token.Text));
                    break;
                case TokenKind.End:
                    ending = null;
                    _at--;
                    return nodes;
                default:
                    if (Current is { Kind: TokenKind.Word, Text: "end" or "else" })
                    {
                        ending = Take().Text;
                        return nodes;
                    }

                    nodes.Add(Action());
                    break;
            }
        }
    }

    private TemplateNode Action()
    {
        if (Current is { Kind: TokenKind.Word, Text: "if" or "with" or "range" })
        {
            return Block(Take());
        }

        if (Current.Kind == TokenKind.Variable && _tokens[_at + 1] is { Kind: TokenKind.Symbol, Text: ":=" or "=" })
        {
            string name = Take().Text;
            Take();
            Pipeline value = Pipeline();
            Close();
            return new AssignNode(name, value);
        }

        Pipeline pipeline = Pipeline();
        Close();
        return new OutputNode(pipeline);
    }

    private TemplateNode Block(Token keyword)
    {
        if (++_depth > 100)
        {
            throw new TemplateException("template: blocks are nested more than 100 deep");
        }

        (string? key, string? value) = keyword.Text == "range" ? RangeVariables() : (null, null);
        Pipeline subject = Pipeline();
        Close();
        (List<TemplateNode> body, IReadOnlyList<TemplateNode> otherwise) = Branches(keyword);
        _depth--;
        return keyword.Text switch
        {
            "if" => new IfNode(subject, body, otherwise),
            "with" => new WithNode(subject, body, otherwise),
            _ => new RangeNode(key, value, subject, body, otherwise),
        };
    }

    private (List<TemplateNode> Body, IReadOnlyList<TemplateNode> Otherwise) Branches(Token keyword)
    {
        List<TemplateNode> body = List(out string? ending);
        IReadOnlyList<TemplateNode> otherwise = [];
        if (ending == "else")
        {
            if (Current is { Kind: TokenKind.Word, Text: "if" or "with" })
            {
                // {{else if x}} shares the {{end}} of the outer block.
                return (body, [Block(Take())]);
            }

            Close();
            otherwise = List(out ending);
        }

        if (ending != "end")
        {
            throw new TemplateException($"template: {{{{{keyword.Text}}}}} at position {keyword.Position + 1} has no {{{{end}}}}");
        }

        Close();
        return (body, otherwise);
    }

    private (string? Key, string? Value) RangeVariables()
    {
        if (Current.Kind != TokenKind.Variable)
        {
            return (null, null);
        }

        if (_tokens[_at + 1] is { Kind: TokenKind.Symbol, Text: ":=" })
        {
            string only = Take().Text;
            Take();
            return (null, only);
        }

        if (_tokens[_at + 1] is { Kind: TokenKind.Symbol, Text: "," } && _tokens[_at + 2].Kind == TokenKind.Variable
            && _tokens[_at + 3] is { Kind: TokenKind.Symbol, Text: ":=" })
        {
            (string first, string second) = (_tokens[_at].Text, _tokens[_at + 2].Text);
            _at += 4;
            return (first, second);
        }

        return (null, null);
    }

    private Pipeline Pipeline()
    {
        var commands = new List<TemplateCommand> { Command() };
        while (Current is { Kind: TokenKind.Symbol, Text: "|" })
        {
            Take();
            commands.Add(Command());
        }

        return new Pipeline(commands);
    }

    private TemplateCommand Command()
    {
        Operand head = Operand();
        var arguments = new List<Operand>();
        while (Current.Kind is not (TokenKind.Close or TokenKind.End or TokenKind.Text)
            && Current is not { Kind: TokenKind.Symbol, Text: "|" or ")" })
        {
            arguments.Add(Operand());
        }

        return new TemplateCommand(head, arguments);
    }

    private Operand Operand()
    {
        Token token = Take();
        Operand operand = token.Kind switch
        {
            TokenKind.Field => new PathOperand(token.Position, null, [token.Text]),
            TokenKind.Dot => new PathOperand(token.Position, null, []),
            TokenKind.Variable => new VariableOperand(token.Position, token.Text),
            TokenKind.Quoted => new TextOperand(token.Position, token.Text),
            TokenKind.Number => new NumberOperand(token.Position, Number(token)),
            TokenKind.Word when token.Text is "true" or "false" => new TruthOperand(token.Position, token.Text == "true"),
            TokenKind.Word => new FunctionOperand(token.Position, token.Text),
            TokenKind.Symbol when token.Text == "(" => Group(token),
            _ => throw Unexpected(token),
        };

        while (Current is { Kind: TokenKind.Field, Spaced: false } && operand is PathOperand or VariableOperand or GroupOperand)
        {
            string field = Take().Text;
            operand = operand is PathOperand path
                ? path with { Fields = [.. path.Fields, field] }
                : new PathOperand(token.Position, operand, [field]);
        }

        return operand;
    }

    private GroupOperand Group(Token open)
    {
        if (++_depth > 100)
        {
            throw new TemplateException("template: parentheses are nested more than 100 deep");
        }

        Pipeline inner = Pipeline();
        Token close = Take();
        _depth--;
        return close is { Kind: TokenKind.Symbol, Text: ")" } ? new GroupOperand(open.Position, inner) : throw Unexpected(close);
    }

    private void Close()
    {
        Token token = Take();
        if (token.Kind != TokenKind.Close)
        {
            throw Unexpected(token);
        }
    }

    private static long Number(Token token) =>
        long.TryParse(token.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value)
        ? value
        : throw new TemplateException($"template: \"{token.Text}\" at position {token.Position + 1} is not a whole number");

    private static TemplateException Unexpected(Token token) => token.Kind is TokenKind.Close or TokenKind.End
        ? new TemplateException($"template: something is missing before position {token.Position + 1}")
        : new TemplateException($"template: unexpected \"{token.Text}\" at position {token.Position + 1}");
}
