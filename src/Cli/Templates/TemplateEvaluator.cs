using System.Text;
using System.Text.Json.Nodes;

namespace Net.Cli.Templates;

/// <summary>Evaluates a parsed template on one document.</summary>
internal sealed class TemplateEvaluator
{
    private readonly StringBuilder _output;
    private readonly TemplateDocument _document;
    private readonly List<(string Name, JsonNode? Value)> _variables = [];

    public TemplateEvaluator(StringBuilder output, TemplateDocument document)
    {
        _output = output;
        _document = document;
        _variables.Add(("$", document.Root));
    }

    public void Run(IReadOnlyList<TemplateNode> nodes, JsonNode? dot)
    {
        foreach (TemplateNode node in nodes)
        {
            switch (node)
            {
                case TextNode text:
                    _output.Append(text.Text);
                    break;
                case OutputNode output:
                    _output.Append(GoText.Of(Evaluate(output.Pipeline, dot)));
                    break;
                case AssignNode assign:
                    _variables.Add((assign.Variable, Evaluate(assign.Pipeline, dot)));
                    break;
                case IfNode branch:
                    Scope(GoText.IsTrue(Evaluate(branch.Condition, dot)) ? branch.Then : branch.Else, dot);
                    break;
                case WithNode with:
                    JsonNode? value = Evaluate(with.Value, dot);
                    Scope(GoText.IsTrue(value) ? with.Then : with.Else, GoText.IsTrue(value) ? value : dot);
                    break;
                case RangeNode range:
                    Range(range, dot);
                    break;
            }
        }
    }

    private void Scope(IReadOnlyList<TemplateNode> nodes, JsonNode? dot)
    {
        int mark = _variables.Count;
        Run(nodes, dot);
        _variables.RemoveRange(mark, _variables.Count - mark);
    }

    private void Range(RangeNode range, JsonNode? dot)
    {
        List<(JsonNode? Key, JsonNode? Value)> items = Items(Evaluate(range.Items, dot));
        if (items.Count == 0)
        {
            Scope(range.Else, dot);
        }

        foreach ((JsonNode? key, JsonNode? value) in items)
        {
            int mark = _variables.Count;
            if (range.KeyVariable is { } keyName)
            {
                _variables.Add((keyName, key));
            }

            if (range.ValueVariable is { } valueName)
            {
                _variables.Add((valueName, value));
            }

            Run(range.Body, value);
            _variables.RemoveRange(mark, _variables.Count - mark);
        }
    }

    // Go's range visits a map in the order of its keys.
    private static List<(JsonNode? Key, JsonNode? Value)> Items(JsonNode? node) => node switch
    {
        JsonArray array => [.. array.Select((item, i) => ((JsonNode?)JsonValue.Create(i), item))],
        JsonObject map => [.. map.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => (GoText.OfDocument(p.Key), p.Value))],
        null => [],
        _ => throw new TemplateException($"template: range can't iterate over {GoText.Of(node)}"),
    };

    private JsonNode? Evaluate(Pipeline pipeline, JsonNode? dot)
    {
        JsonNode? value = null;
        bool first = true;
        foreach (TemplateCommand command in pipeline.Commands)
        {
            List<JsonNode?> arguments = [.. command.Arguments.Select(a => Evaluate(a, dot))];
            if (!first)
            {
                arguments.Add(value);
            }

            value = command.Head switch
            {
                FunctionOperand function => TemplateFunctions.Call(function.Name, arguments, _document),
                _ when arguments.Count == 0 => Evaluate(command.Head, dot),
                PathOperand { From: null } path => CallField(path, arguments, dot),
                _ =>
                    throw new TemplateException(
                        $"template: what stands at position {command.Head.Position + 1} is a value and takes no arguments"),
            };
            first = false;
        }

        return value;
    }

    // {{.Label "name"}} is the only method of a list's rows: it returns the value of a label in their column Labels.
    private JsonNode? CallField(PathOperand path, List<JsonNode?> arguments, JsonNode? dot)
    {
        if (path.Fields is not [.., "Label"]
            || arguments is not [{ } name]
            || Walk(dot, [.. path.Fields.SkipLast(1)]) is not JsonObject row)
        {
            throw new TemplateException($"template: .{string.Join('.', path.Fields)} is a value and takes no arguments");
        }

        string prefix = GoText.Raw(name) + "=";
        string? label = GoText.Raw(Walk(row, ["Labels"])).Split(',').FirstOrDefault(l => l.StartsWith(prefix, StringComparison.Ordinal));
        return GoText.OfDocument(label?[prefix.Length..] ?? "");
    }

    private JsonNode? Evaluate(Operand operand, JsonNode? dot) => operand switch
    {
        PathOperand path => Walk(path.From is null ? dot : Evaluate(path.From, dot), path.Fields),
        VariableOperand variable => Variable(variable),
        TextOperand text => JsonValue.Create(text.Value),
        NumberOperand number => JsonValue.Create(number.Value),
        TruthOperand truth => JsonValue.Create(truth.Value),
        FunctionOperand function => TemplateFunctions.Call(function.Name, [], _document),
        GroupOperand group => Evaluate(group.Pipeline, dot),
        _ => throw new TemplateException($"template: position {operand.Position + 1} cannot be evaluated"),
    };

    private JsonNode? Variable(VariableOperand variable)
    {
        int index = _variables.FindLastIndex(v => v.Name == variable.Name);
        return index >= 0 ? _variables[index].Value : throw new TemplateException($"template: undefined variable \"{variable.Name}\"");
    }

    private JsonNode? Walk(JsonNode? node, IReadOnlyList<string> fields)
    {
        foreach (string field in fields)
        {
            if (node is not JsonObject map)
            {
                throw new TemplateException(node is null
                    ? $"template: can't evaluate field {field} of a value that is not there"
                    : $"template: can't evaluate field {field} in {GoText.Of(node)}");
            }

            node = _document.Field(map, field);
        }

        return node;
    }
}
